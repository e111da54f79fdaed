import { styleTokens } from '../../shared/pages/style-tokens.ts';

/** The look of a report: one column on a phone, two on a desk, light and dark as the reader has it. */
export const reportStyle = `${styleTokens}
main{max-width:68rem;margin:0 auto;padding:1.25rem 1.25rem 4rem}
.kicker{font-size:.875rem;color:var(--soft);display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center}
.kicker b{color:var(--ink);font-weight:650}
.verdict{margin:1.5rem 0 1.75rem;max-width:48rem}
.verdict .said{display:inline-block;font-weight:650;font-size:.875rem;padding:.1875rem .75rem;border-radius:99px;border:1px solid}
.is-no .said{color:var(--bad);background:var(--bad-wash);border-color:var(--bad-line)}
.is-yes .said{color:var(--accent);background:var(--accent-wash);border-color:var(--accent)}
h1{font-size:clamp(1.625rem,1.1rem + 2.4vw,2.625rem);line-height:1.13;font-weight:690;letter-spacing:-.025em;margin:.75rem 0 .625rem;text-wrap:pretty}
.verdict p{font-size:1.0625rem;color:var(--soft);line-height:1.45}
h2{font-size:1.25rem;font-weight:670;letter-spacing:-.012em;line-height:1.25;margin:2.75rem 0 .25rem}
h3{font-size:1rem;font-weight:650;line-height:1.35}
.sub{margin:1.25rem 0 .625rem}
.whole{margin-top:.75rem;padding-block:.25rem}
.lead{color:var(--soft);max-width:46rem;margin-bottom:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:var(--lift);padding:1rem 1.125rem;min-width:0}
.gates{padding:.25rem 1.125rem}
.gate{display:grid;grid-template-columns:1.5rem minmax(0,1fr) auto;gap:.125rem .625rem;padding:.875rem 0;align-items:baseline}
.gate+.gate{border-top:1px solid var(--line)}
.gate .mark{font-weight:700;text-align:center}
.gate.no .mark,.gate.no .value{color:var(--bad)}
.gate.yes .mark{color:var(--accent)}
.gate .value{font-size:1.375rem;font-weight:680;letter-spacing:-.02em;line-height:1.1}
.gate .bar,.gate .because{grid-column:2/-1}
.gate .because{font-size:.875rem;color:var(--soft)}
.gate .scale{display:flex;justify-content:space-between;font-size:.75rem;color:var(--soft)}
.bar svg{display:block;width:100%;height:14px;overflow:visible}
.track{fill:var(--line)}
.span{fill:var(--accent);opacity:.32}.dot{fill:var(--accent)}.goal{fill:var(--ink)}
.no .span,.low .span{fill:var(--bad)}.no .dot,.low .dot{fill:var(--bad)}
.tiles{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin-top:1rem}
.tile dt{font-size:.8125rem;color:var(--soft);line-height:1.3}
.tile dd{font-size:1.375rem;font-weight:680;letter-spacing:-.02em;line-height:1.2;margin-top:.25rem}
.tile small{display:block;font-size:.8125rem;font-weight:400;letter-spacing:0;color:var(--soft);line-height:1.35;margin-top:.125rem}
.pair{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.plot svg{display:block;width:100%;height:auto;margin-top:.5rem}
.plot text{font:400 12.5px var(--sans);fill:var(--soft)}
.plot .strong{fill:var(--ink);font-weight:650;paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
.pair+.card{margin-top:1rem}
.grid{stroke:var(--line);stroke-width:1}
.axis{stroke:var(--edge);stroke-width:1}
.line{fill:none;stroke:var(--accent);stroke-width:2.25;stroke-linejoin:round}
.band{fill:var(--accent);opacity:.16}
.target{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:5 4}
.ideal{stroke:var(--edge);stroke-width:1.25;stroke-dasharray:3 4}
.whisker{stroke:var(--accent);stroke-width:2;opacity:.5}
.point{fill:var(--accent)}.now{fill:var(--ink);stroke:var(--card);stroke-width:2}
.count{fill:var(--edge);opacity:.35}
.note{font-size:.875rem;color:var(--soft);margin-top:.5rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th{font-weight:600;text-align:left;font-size:.8125rem;color:var(--soft);line-height:1.3}
th,td{padding:.4375rem .625rem .4375rem 0;vertical-align:top}
tbody tr{border-top:1px solid var(--line)}
td.n,th.n{text-align:right;white-space:nowrap}
.n+td:not(.n),.n+th:not(.n){padding-left:1rem}
.method th{width:11rem;padding-right:1rem}
.id{white-space:nowrap}
.quiet{color:var(--soft);font-size:.875rem;font-weight:400}
.shares td:nth-child(2){width:40%}
.shares .bar{padding-top:.3125rem}
.scroll{overflow-x:auto}
.matrices{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
.matrices>.card{max-width:100%}
.matrix{width:auto;font-size:.875rem}
.matrix thead th{vertical-align:bottom}
.matrix .upright{writing-mode:vertical-rl;text-align:left;padding-block:.25rem}
.matrix th,.matrix td{padding:.3125rem .5rem;text-align:right;white-space:nowrap}
.matrix tbody th{text-align:left;padding-left:0;position:sticky;left:0;background:var(--card)}
.matrix td{background:color-mix(in srgb,var(--bad) calc(var(--heat)*42%),transparent)}
.matrix td.hit{background:color-mix(in srgb,var(--accent) calc(var(--heat)*36%),transparent);font-weight:650}
.matrix td.zero{color:var(--soft)}
.failure{display:grid;grid-template-columns:minmax(1.75rem,max-content) minmax(0,1fr);gap:.25rem .875rem}
.failure .big{font-size:1.375rem;font-weight:680;letter-spacing:-.02em;line-height:1.2}
.failure>div{min-width:0}
.failure p{font-size:.9375rem;margin-top:.25rem}
.failure .ids{color:var(--soft);font-size:.8125rem;margin-top:.375rem}
.stack{display:grid;gap:.75rem;grid-template-columns:minmax(0,1fr)}
blockquote{margin:.625rem 0 0;padding:.125rem 0 .125rem .75rem;border-left:3px solid var(--shade-line);color:var(--soft);font-size:.875rem;white-space:pre-wrap}
blockquote b{display:block;font-size:.75rem;font-weight:600;color:var(--shade);margin-bottom:.125rem}
details>summary{cursor:pointer;min-height:2.75rem;padding:.375rem 0;display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:center;list-style:none}
details>summary::-webkit-details-marker{display:none}
details>summary::before{content:"";width:.5rem;height:.5rem;border-right:2px solid var(--edge);border-bottom:2px solid var(--edge);transform:rotate(-45deg);flex:none;margin-right:.125rem}
details[open]>summary::before{transform:rotate(45deg)}
summary .said{color:var(--soft);font-size:.9375rem}
.worst{padding:.25rem 1.125rem}
.worst>details+details{border-top:1px solid var(--line)}
.saw{padding:.25rem 0 1rem;display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.facts{font-size:.9375rem}
.facts div{padding:.25rem 0}
.facts dt{font-size:.8125rem;color:var(--soft)}
.facts dd{white-space:pre-wrap}
.wrong{color:var(--bad);font-weight:600}
.gain{color:var(--accent)}
pre{white-space:pre-wrap;font:400 .8125rem/1.5 var(--mono);margin:0;color:var(--soft)}
.foot{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.8125rem;color:var(--soft)}
.answers{font-size:.9375rem}
.answers>div{display:grid;grid-template-columns:1fr 1fr 4.5rem;gap:0 .75rem;padding:.5rem 0;border-top:1px solid var(--line)}
.answers b{grid-column:1/-1;font-size:.8125rem;font-weight:600;color:var(--soft)}
.answers .spoke{grid-column:1/-1;font-size:.8125rem;color:var(--soft)}
.answers .head{display:none}
code{display:block;margin-top:.375rem;padding:.375rem .625rem;border-radius:8px;background:var(--sunk);border:1px solid var(--line);font:400 .8125rem/1.5 var(--mono);white-space:pre-wrap}
@media (min-width:48rem){
.answers>div{grid-template-columns:1.2fr 1fr 1fr 4.5rem 2.4fr}
.answers b,.answers .spoke{grid-column:auto}
.answers .head{display:grid;border-top:0;font-size:.8125rem;font-weight:600;color:var(--soft)}
.pair{grid-template-columns:1fr 1fr}
.tiles{grid-template-columns:repeat(4,1fr)}
.gate{grid-template-columns:1.5rem minmax(0,17rem) minmax(0,1fr) 6.5rem;padding:1rem 0}
.gate .bar{grid-column:3;grid-row:1;align-self:center}
.gate .value{grid-column:4;grid-row:1;text-align:right}
.gate .because{grid-column:2/-1}
.saw{grid-template-columns:1fr 1fr}
.saw .wide{grid-column:1/-1}}
@media (max-width:47.99rem){
.shares tr{display:grid;grid-template-columns:minmax(0,1fr) 4.25rem 3rem;padding:.375rem 0}
.shares.with-alone tr{grid-template-columns:minmax(0,1fr) 4.25rem 3rem 4.25rem}
.matrix{font-size:.8125rem}
.matrix th,.matrix td{padding:.25rem .3125rem}
.records thead{display:none}
.records tr{display:block;padding:.625rem 0}
.records tbody tr:first-child{border-top:0;padding-top:0}
.records td{display:block;padding:.125rem 0;text-align:left;white-space:normal}
.records td:first-child{font-weight:650}
.records td:empty{display:none}
.records td[data-name]::before{content:attr(data-name) ": ";color:var(--soft)}
.n+td:not(.n){padding-left:0}
.method th,.method td{display:block;width:auto;padding:0}
.method tr{display:block;padding:.5rem 0}
.method tbody tr:first-child{border-top:0}
.shares td,.shares th{padding-block:.125rem}
.shares td:first-child{grid-column:1/-1}
.shares th:first-child{display:none}
.shares td:nth-child(2){width:auto}
.answers>div:not(.head)>span:nth-child(2)::before{content:"said ";font-weight:400;color:var(--soft)}
.answers>div:not(.head)>span:nth-child(3)::before{content:"right: ";color:var(--soft)}}
@media print{details::details-content{content-visibility:visible;block-size:auto}
summary::before,.whole{display:none}
main{max-width:none;padding:0}
.card{box-shadow:none}
.gate,.tile,.plot,.failure,.matrices>.card,.worst>details,tr{break-inside:avoid}
h2,h3,summary,.lead{break-after:avoid}
.matrix td,.said,.scroll{print-color-adjust:exact;overflow:visible}}
`;
