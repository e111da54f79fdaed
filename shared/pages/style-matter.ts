/** What is shown: cards, facts, the letter, confidence, evidence. */
export const styleMatter = `
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:var(--lift);padding:1.125rem 1rem 1.125rem}
.card>h2,.card>header h2{font-size:1.0625rem;font-weight:650;letter-spacing:-.01em;line-height:1.3}
.card>header p,.note{font-size:.875rem;color:var(--soft);margin-top:.125rem}
.facts{display:grid;margin-top:.625rem}
.facts>div{display:grid;grid-template-columns:minmax(5.5rem,32%) minmax(0,1fr);gap:.125rem .875rem;padding:.5rem 0;border-top:1px solid var(--line)}
.facts>div:first-child{border-top:0}
.facts>div:last-child{padding-bottom:0}
.facts dt{font-size:.875rem;line-height:1.45;color:var(--soft);padding-top:.0625rem}
.facts dd{min-width:0;line-height:1.45}
.facts .wide{grid-template-columns:minmax(0,1fr)}
.facts .facts{margin:.125rem 0 0;padding-left:.75rem;border-left:2px solid var(--line)}
.long{white-space:pre-wrap}
.nothing{color:var(--soft);font-style:italic}
.items{display:grid;gap:.1875rem}
.items.plain{display:flex;flex-wrap:wrap;gap:.3125rem}
.items.plain>li{border:1px solid var(--line);background:var(--sunk);border-radius:6px;padding:0 .4375rem;font-size:.9375rem}
.cp{font:600 .72em/1 var(--mono);color:var(--bad);background:var(--bad-wash);border-radius:3px;padding:.1em .2em;unicode-bidi:isolate;direction:ltr;white-space:nowrap}
bdi{unicode-bidi:isolate}
.letter{margin-top:.875rem;border:1px solid var(--line);border-radius:10px;background:var(--sunk);overflow:hidden}
.letter .head{padding:.625rem .875rem;border-bottom:1px solid var(--line);display:grid;gap:.25rem}
.letter .head>div{display:grid;grid-template-columns:4.25rem minmax(0,1fr);gap:.5rem;font-size:.9375rem}
.letter .head dt{color:var(--soft)}
.letter .head .subject{font-weight:650}
.letter .body{padding:1rem .875rem 1.125rem;white-space:pre-wrap;font-size:1.0625rem;line-height:1.6;background:var(--card);overflow:clip}
.sure{display:flex;align-items:center;gap:.625rem;margin-top:.25rem;font-size:.875rem;color:var(--soft)}
.sure b{font-weight:600;color:var(--ink)}
.sure svg{flex:none;width:5.25rem;height:.75rem}
.decided{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .75rem}
.outcomes a{display:block;padding:.625rem 0}
@media (max-width:16rem){.sure svg{display:none}}
.decided .sure{margin:0 0 0 auto}.decided .sure svg{width:4rem}
.words{font-size:.875rem;line-height:1.45;color:var(--soft)}
.tick{fill:var(--line)}.tick.on{fill:var(--accent)}.under .tick.on{fill:var(--warn)}.limit{fill:var(--ink)}
.because{margin-top:.25rem;font-size:.875rem;line-height:1.45;color:var(--soft)}
.because li{padding-left:.875rem;text-indent:-.875rem}
.because li::before{content:"– "}
.more summary{cursor:pointer;display:inline-flex;align-items:center;min-height:2.25rem;font-size:.875rem;color:var(--accent);text-decoration:underline;text-underline-offset:.2em}
.more .because{margin-top:0}
.value{font-weight:600}
.source{border-top:1px solid var(--line);padding:.125rem 0}
.source:first-of-type{border-top:0;margin-top:.375rem}
.source summary{list-style:none;cursor:pointer;display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:center;gap:0 .625rem;min-height:2.75rem;padding:.625rem 0}
.source summary>*{grid-column:1}
.source summary::-webkit-details-marker{display:none}
.source summary::after{content:"";grid-area:1/2/span 2;width:.5rem;height:.5rem;border-right:2px solid var(--edge);border-bottom:2px solid var(--edge);transform:rotate(45deg) translate(-2px,-2px);flex:none}
.source[open] summary::after{transform:rotate(225deg)}
.source h3{font-size:1rem;font-weight:600}
.source .state{font-size:.875rem;color:var(--soft)}
.source .state.incomplete,.source .state.failed{color:var(--warn);font-weight:600}
.source .state.failed{color:var(--bad)}
.source .facts{margin:0 0 .75rem}
.source .gaps{font-size:.9375rem;color:var(--warn);margin-bottom:.5rem}
.changes{width:100%;border-collapse:collapse;margin-top:.75rem;font-size:.9375rem;table-layout:fixed}
.changes th{text-align:left;font-size:.8125rem;font-weight:400;color:var(--soft);padding:.375rem .5rem .375rem 0}
.changes td{vertical-align:top;border-top:1px solid var(--line);padding:.5rem .5rem .5rem 0;white-space:pre-wrap}
.changes .name{width:24%;color:var(--soft)}
.changes .old{color:var(--bad)}.changes .new{color:var(--accent);font-weight:600}
.inbox{display:grid;gap:1rem}
.inbox>li h2{font-size:1.125rem;line-height:1.3;font-weight:650}
.inbox>li h2 a{display:block;padding:.375rem 0;color:var(--ink)}
.inbox>li .kicker{margin-bottom:0}
.inbox>li .by{font-size:.9375rem;color:var(--soft)}
.inbox .gist{font-weight:600}.inbox .because{font-size:.9375rem;margin:.125rem 0}
.list{max-width:50rem}
.inbox .head{display:flex;align-items:flex-start}
.inbox .head h2{flex:1;min-width:0}
.pick{display:flex;align-items:center;justify-content:center;flex:none;width:2.75rem;height:2.75rem;margin:-.25rem .25rem 0 -.75rem;cursor:pointer}
.pick input{accent-color:var(--accent);width:1.25rem;height:1.25rem;margin:0}
#list .answer{position:static;max-height:none}
.inbox .inner{padding:.25rem 0 .5rem}
.inbox .more summary{min-height:2.75rem}
.cautions{margin-top:.25rem;font-size:.9375rem;color:var(--warn)}
#list{display:grid;gap:1rem}
#away{margin-top:1.5rem}
.outcomes{display:grid}
.outcomes li{display:grid;gap:.125rem;padding:.5rem 0;border-top:1px solid var(--line)}
.outcomes li:first-child{border-top:0}
.outcomes span{font-size:.9375rem;color:var(--soft)}
.band .outcomes span{color:inherit}
.after{margin-top:1rem}
.after a{display:inline-flex;align-items:center;min-height:2.75rem}
.stamp{display:inline-flex;align-items:center;gap:.5rem;font-weight:650;color:var(--accent);margin-bottom:.625rem}
.stamp svg{flex:none}
.stamp.no{color:var(--bad)}.stamp.none{color:var(--soft)}
@media (min-width:40rem){.card{padding:1.25rem 1.375rem 1.375rem}.letter .body{padding:1.25rem 1.25rem 1.375rem}.letter .head{padding:.75rem 1.25rem}}
`;
