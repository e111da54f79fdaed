/** Lists of cases, how each stands, records and phases. */
export const styleConsole = `
.filter{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin-bottom:1rem;font-size:.9375rem;color:var(--soft)}
.filter select{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:8px;min-height:2.75rem;padding:0 .5rem;max-width:100%}
.filter button{min-height:2.75rem;padding:0 1rem;width:auto}
.rows>li{display:grid;gap:0 1rem;padding:.625rem 0;border-top:1px solid var(--line)}
.rows>li:first-child{border-top:0}
.rows h2,.rows h3{font-size:1rem;font-weight:600;line-height:1.35}
.rows a{display:block;padding:.25rem 0}
.rows .stand{padding:0}
.stand{font-size:.875rem;font-weight:600;line-height:1.35;padding:.25rem 0;color:var(--soft)}
.stand.yes{color:var(--accent)}.stand.no{color:var(--bad)}.stand.wait{color:var(--warn)}
.broken{color:var(--bad);font-weight:650}
.acts>li{padding:.625rem 0;border-top:1px solid var(--line)}
.acts>li:first-child{border-top:0}
.acts h3{font-size:1rem;font-weight:600;line-height:1.35}
section.card>.head h2{font-size:1.0625rem;font-weight:650;letter-spacing:-.01em;line-height:1.3}
.facts+.words{margin-top:.75rem}
section.card>.head,.acts .head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1rem}
.was-wrong a{display:inline-flex;align-items:center;min-height:2.75rem}
.done-in{font-size:.9375rem;font-weight:650;line-height:1.35;margin-top:.875rem}
.acts h4{margin:0;font-size:1rem;font-weight:600;line-height:1.35}
.leave span{min-width:0}
.leave input{flex:none}
.record{margin-top:.625rem;font-size:.9375rem}
.record li{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.875rem;padding:.3125rem 0;border-top:1px solid var(--line)}
.record li:first-child{border-top:0}
.record time{color:var(--soft);text-align:right}
.phase{display:inline-block;font-size:.8125rem;font-weight:650;line-height:1.4;padding:0 .5rem;border-radius:6px;border:1px solid var(--line);background:var(--sunk)}
.phase.full{color:var(--on-accent);background:var(--accent);border-color:var(--accent)}
.phase.partial{color:var(--accent);background:var(--accent-wash);border-color:var(--accent)}
.phase.shadow{color:var(--shade);background:var(--shade-wash);border-color:var(--shade-line)}
.phases{margin:.5rem 0;font-size:.9375rem;line-height:1.7}
.mix{display:block;width:100%;height:6px;border-radius:3px;margin:.625rem 0 .375rem}
@media (min-width:40rem){.rows>li{grid-template-columns:minmax(0,1fr) auto}.rows .words{grid-column:1/-1}.rows .stand{text-align:right;padding:.25rem 0}}
.choices+input{margin-top:.25rem}
.agree p{margin-top:.25rem}
@media (min-width:40rem){.choices+input{max-width:16rem}.agree .verbs{max-width:26rem}}
.bar-alone{fill:var(--accent)}.bar-people{fill:var(--shade)}.bar-open{fill:var(--line)}
`;
