/** The answer form: fields, buttons, what each button does. */
export const styleForm = `
.answer{border-color:var(--edge)}
.answer .band{margin:.75rem 0 0}
.field{display:grid;gap:.25rem;margin-top:1rem;min-width:0}
.field>label,.field>legend,legend{font-size:.9375rem;font-weight:600}
.field .hint,.hint{font-size:.875rem;line-height:1.4;color:var(--soft)}
.field .wrong{font-size:.875rem;font-weight:600;color:var(--bad)}
.optional{font-weight:400;color:var(--soft)}
input[type=text],input[type=date],textarea,select{width:100%;min-width:0;min-height:2.875rem;padding:.5625rem .75rem;font:inherit;color:var(--ink);
background:var(--card);border:1px solid var(--edge);border-radius:10px;line-height:1.5}
textarea{resize:vertical;min-height:4.75rem}
textarea.tall{min-height:15rem}
textarea.code{font-family:var(--mono);font-size:.875rem}
select{appearance:auto}
input.digits{font:600 1.375rem/1.3 var(--mono);letter-spacing:.28em;min-height:3.25rem}
input:focus-visible,textarea:focus-visible,select:focus-visible{outline:3px solid var(--accent);outline-offset:1px;border-color:var(--accent);border-radius:10px}
[aria-invalid=true]{border-color:var(--bad)!important;background:var(--bad-wash)}
.choices{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.25rem}
.choices label{position:relative;display:flex;align-items:center;gap:.5rem;min-height:2.75rem;padding:.25rem .875rem .25rem .75rem;border:1px solid var(--edge);border-radius:10px;cursor:pointer;background:var(--card)}
.choices label:has(:checked){border-color:var(--accent);background:var(--accent-wash);box-shadow:inset 0 0 0 1px var(--accent)}
.choices label:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choices input,.leave input{accent-color:var(--accent);width:1.125rem;height:1.125rem;margin:0;flex:none}
.choices input:focus-visible{outline:0}
.leave{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;font-size:.9375rem}
.group{margin-top:1.125rem;padding-left:.875rem;border-left:2px solid var(--line)}
.editing>summary{list-style:none;cursor:pointer;display:flex;align-items:center;gap:.625rem;min-height:2.75rem;font-weight:650}
.editing>summary::-webkit-details-marker{display:none}
.editing>summary::before{content:"";width:.5rem;height:.5rem;border-right:2px solid var(--accent);border-bottom:2px solid var(--accent);transform:rotate(-45deg);flex:none;margin-left:.125rem}
.editing[open]>summary::before{transform:rotate(45deg)}
.editing.card{padding-top:.5rem;padding-bottom:.5rem}
.editing.card[open]{padding-bottom:1.25rem}
.verbs{display:grid;gap:.75rem;margin-top:1.125rem}
.verbs p{font-size:.875rem;line-height:1.4;color:var(--soft);margin-top:.3125rem}
button{width:100%;min-height:3rem;padding:.625rem 1.125rem;font:inherit;font-weight:650;border-radius:12px;border:1px solid var(--edge);background:var(--card);color:var(--ink);cursor:pointer}
button small{display:block;font-size:.8125rem;font-weight:400}
button:hover{background:var(--sunk)}
button.first{min-height:3.375rem;background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-size:1.0625rem}
button.first:hover{background:var(--accent-deep)}
button.edit{border-color:var(--accent);color:var(--accent)}
button.reject{border-color:var(--bad-line);color:var(--bad)}
.is-nothing button.first{background:var(--card);color:var(--shade);border:2px dashed var(--shade)}
.is-nothing button.edit{color:var(--shade);border-color:var(--shade-line)}
.is-nothing .kicker{color:var(--shade)}
.proof{margin-top:.75rem;padding:.625rem .875rem;border-radius:10px;background:var(--accent-wash);font-size:.9375rem;line-height:1.45}
.is-nothing .proof{background:var(--shade-wash)}
.verbs .later{font-size:.9375rem;margin:0}
.later b{color:var(--ink);font-weight:600}
.instead{display:flex;flex-wrap:wrap;gap:0 1.25rem}
button.quiet{width:auto;min-height:2.75rem;padding:.25rem 0;border:0;border-radius:4px;background:none;color:var(--accent);font-weight:400;font-size:.9375rem;text-decoration:underline;text-underline-offset:.2em}
button.quiet:hover{background:none;text-decoration-thickness:2px}
.at-deadline{margin-top:1.125rem;padding-top:.875rem;border-top:1px solid var(--line);font-size:.875rem;line-height:1.45;color:var(--soft)}
`;
