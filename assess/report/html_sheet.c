#include "report/html_sheet.h"

static const char *const SHEET[] = {
    /* base */
    "*,::before,::after{box-sizing:border-box}\n",
    "html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%;"
    "scroll-padding-top:1.5rem}\n",
    "body{margin:0;background:var(--paper);color:var(--ink);line-height:1.6;"
    "overflow-wrap:anywhere;font-family:-apple-system,\"Segoe UI\",Roboto,\"Helvetica "
    "Neue\",\"Noto Sans\",\"Liberation Sans\",Arial,system-ui,\"PingFang SC\","
    "\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"WenQuanYi Micro Hei\",sans-serif}\n",
    ":lang(zh){font-family:-apple-system,\"Segoe UI\",\"Helvetica Neue\",\"Noto Sans\","
    "Arial,\"PingFang SC\",\"Hiragino Sans GB\",\"Microsoft YaHei\",\"Noto Sans CJK SC\","
    "\"Source Han Sans SC\",\"WenQuanYi Micro Hei\",sans-serif}\n",
    "h1,h2,h3,p,figure,dl,dd,ol,ul,fieldset{margin:0;padding:0}\n",
    "h1,h2,h3{text-wrap:balance}\n",
    "a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:.06em}\n",
    "a:hover{text-decoration-thickness:.12em}\n",
    ":focus-visible{outline:.19rem solid var(--accent);outline-offset:.15rem;"
    "border-radius:.1rem}\n",
    "main:focus{outline:0}\n",
    "main,.languages,footer{max-width:77rem;margin:0 auto;padding:0 2rem}\n",
    ".f0{fill:none}\n",
    ".b{font-weight:700}\n",
    "svg text{font-family:inherit}\n",
    ".symbols{position:absolute}\n",
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}\n",
    ".skip{position:absolute;left:1rem;top:-10rem;z-index:2;padding:.6rem 1rem;"
    "background:var(--accent);color:var(--paper)}\n",
    ".skip:focus{top:1rem}\n",
    ".mark{flex:none;width:1em;height:1em;overflow:visible;position:relative;top:.14em}\n",
    ".pips{width:auto}\n",
    ".state{display:flex;gap:.5em;align-items:baseline}\n",
    /* languages */
    ".languages{padding-top:1.25rem;display:flex;justify-content:flex-end}\n",
    ".languages fieldset{display:flex;border:1px solid var(--muted);border-radius:.3rem;"
    "overflow:hidden}\n",
    ".languages label{position:relative;cursor:pointer}\n",
    ".languages input{position:absolute;opacity:0;inset:0;margin:0}\n",
    ".languages span{display:block;padding:.25rem .95rem;font-size:.875rem}\n",
    ".languages :checked+span{background:var(--accent);color:var(--paper)}\n",
    ".languages fieldset:focus-within{outline:.19rem solid var(--accent);"
    "outline-offset:.15rem}\n",
    "@supports selector(:has(*)){\n",
    "body:has(.language-0:checked) article:not(:nth-of-type(1)),"
    "body:has(.language-0:checked) footer p:not(:nth-of-type(1)){display:none}\n",
    "body:has(.language-1:checked) article:not(:nth-of-type(2)),"
    "body:has(.language-1:checked) footer p:not(:nth-of-type(2)){display:none}\n",
    "}\n",
    /* cover */
    ".cover{padding:4.5rem 0 3.5rem}\n",
    ".logo{float:right;max-width:45%;height:auto;margin:0 0 1rem 1.5rem;background:white}\n",
    ".draft{display:inline-block;margin-bottom:1.5rem;padding:.1rem .8rem;border:2px "
    "solid var(--unmet);border-radius:.2rem;font-weight:700;letter-spacing:.08em}\n",
    ".cover .kind{color:var(--accent);font-weight:700;font-size:1.0625rem}\n",
    ".cover .kind::before{content:\"\";display:block;width:4.5rem;height:.25rem;"
    "margin-bottom:1rem;background:var(--accent)}\n",
    "h1{font-size:clamp(1.9rem,1.35rem + 2.4vw,3.1rem);line-height:1.16;"
    "letter-spacing:-.012em;margin:2.25rem 0 1.1rem;max-width:24em}\n",
    ":lang(zh) h1{letter-spacing:0;line-height:1.3}\n",
    ".told{margin-top:1rem;max-width:48rem}\n",
    ".cover .line,.cover .foot{color:var(--muted);max-width:48rem}\n",
    ".cover .foot{font-size:.875rem}\n",
    ".verdict{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.5rem "
    "3rem;margin:2.75rem 0 1.75rem;padding:1.9rem 2.25rem;background:var(--panel);"
    "border-left:.25rem solid var(--accent)}\n",
    ".label,dt{color:var(--muted);font-size:.875rem}\n",
    ".held{color:var(--accent);font-weight:700;font-size:clamp(1.75rem,1.4rem + 1.6vw,"
    "2.6rem);line-height:1.25;margin:.15rem 0 .6rem}\n",
    ".level .pips{height:1.5rem;top:0}\n",
    ".facts{display:grid;gap:.9rem;align-content:start}\n",
    ".facts dd{font-weight:600}\n",
    ".reason{grid-column:1/-1;padding-top:1.25rem;border-top:1px solid var(--hairline);"
    "font-size:1.0625rem}\n",
    /* contents and chapters */
    ".contents{font-size:.875rem;line-height:1.4}\n",
    ".contents ol{list-style:none}\n",
    ".contents a{display:block;padding:.3rem 0 .3rem .9rem;border-left:2px solid "
    "var(--hairline);color:var(--ink);text-decoration:none}\n",
    ".contents ol ol a{padding-left:1.9rem;color:var(--muted);font-size:.8125rem}\n",
    ".contents a:hover{border-color:var(--accent);color:var(--accent);"
    "text-decoration:underline}\n",
    ".chapters{min-width:0;max-width:56rem}\n",
    ".chapters>section+section{margin-top:4.5rem}\n",
    "section section{margin-top:2.5rem}\n",
    "h2{color:var(--accent);font-size:1.75rem;line-height:1.25;letter-spacing:-.008em;"
    "padding-top:1.25rem;border-top:1px solid var(--hairline);margin-bottom:1.1rem}\n",
    ":lang(zh) h2{letter-spacing:0}\n",
    "h3{font-size:1.1875rem;line-height:1.35;margin-bottom:.75rem}\n",
    "section>p{margin-bottom:1rem;max-width:46rem}\n",
    ".message,caption{font-weight:700;font-size:1.0625rem;line-height:1.4;"
    "text-align:left}\n",
    ".message{margin-bottom:1rem}\n",
    ".lead{font-size:1.0625rem}\n",
    "section>.small{font-size:.875rem;color:var(--muted)}\n",
    "section>.note{font-size:.8125rem;color:var(--muted)}\n",
    "figure{margin:0 0 1.5rem}\n",
    "figure+figure{margin-top:-.75rem}\n",
    "figure+figure.on{margin-top:-1.5rem}\n",
    "p+figure{margin-top:1.75rem}\n",
    "figure svg{display:block;width:100%;height:auto;overflow:visible}\n",
    "svg.narrow{display:none}\n",
    /* tables */
    "table{width:100%;border-collapse:collapse;font-size:.90625rem;line-height:1.45;"
    "margin-bottom:1.75rem;font-variant-numeric:tabular-nums;--table:table;"
    "--rows:table-row-group}\n",
    "tbody{--table:table;--rows:table-row-group}\n",
    "caption{padding-bottom:.75rem}\n",
    "th,td{padding:.6rem 1rem .65rem 0;text-align:left;vertical-align:top;"
    "font-weight:400;border-bottom:1px solid var(--hairline)}\n",
    "th:last-child,td:last-child{padding-right:0}\n",
    "thead th{color:var(--muted);font-size:.8125rem;font-weight:600;"
    "vertical-align:bottom;padding-bottom:.4rem;border-bottom:2px solid var(--ink)}\n",
    ".right{text-align:right}\n",
    "thead .right,td.right{padding-right:1.1rem}\n",
    "td p+p,th p+p{margin-top:.2rem}\n",
    "td .small,th .small{font-size:.84375rem;color:var(--muted)}\n",
    "td .note,th .note{font-size:.8125rem;color:var(--muted)}\n",
    "tbody th>.small:first-child{color:var(--ink)}\n",
    ".tag{font-size:.875rem}\n",
    ".strong{font-weight:600}\n",
    ":lang(zh) :is(.strong,thead th,dd,legend,.reasons .state){font-weight:700}\n",
    "p+table:has(caption){margin-top:2.25rem}\n",
    ".band th{background:var(--panel);padding:.5rem .75rem;font-size:.84375rem}\n",
    "tr:target>*{background:var(--panel)}\n",
    "tr:target>:first-child{box-shadow:inset .25rem 0 var(--accent);padding-left:.75rem}\n",
    ".none{display:none}\n",
    /* reasons */
    ".reasons{margin-top:.4rem;font-size:.8125rem}\n",
    ".reasons summary{display:inline-block;cursor:pointer;color:var(--accent);"
    "padding:.15rem 0;list-style:none}\n",
    ".reasons summary::-webkit-details-marker{display:none}\n",
    ".reasons summary::before{content:\"\";display:inline-block;width:.4em;height:.4em;"
    "margin:0 .6em .1em .15em;border:solid;border-width:0 .13em .13em 0;"
    "transform:rotate(-45deg)}\n",
    ".reasons[open] summary::before{transform:rotate(45deg);margin-bottom:.25em}\n",
    ".reasons summary:hover{text-decoration:underline}\n",
    ".reasons ul{list-style:none;margin:.2rem 0 .3rem .3rem;padding-left:.85rem;"
    "border-left:1px solid var(--hairline)}\n",
    ".reasons li{padding:.15rem 0}\n",
    ".reasons .state{display:inline-flex;gap:.4em;font-weight:600;margin-right:.2em}\n",
    "code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,\"Liberation Mono\","
    "\"DejaVu Sans Mono\",monospace;font-size:.95em}\n",
    /* filters */
    ".filters{display:none}\n",
    "@supports selector(:has(*)){\n",
    ".filters{display:flex;flex-wrap:wrap;align-items:flex-end;gap:1rem 2rem;"
    "margin:1.5rem 0 2rem;padding:1.1rem 1.25rem 1.25rem;background:var(--panel);"
    "font-size:.875rem}\n",
    ".none{display:block;color:var(--muted);font-size:.875rem}\n",
    "}\n",
    ".filters fieldset{border:0;display:flex;flex-wrap:wrap;gap:.5rem;flex:0 1 auto;"
    "min-width:0}\n",
    ".filters legend{color:var(--muted);font-size:.8125rem;font-weight:600;padding:0 0 "
    ".4rem}\n",
    ".filters label{display:inline-flex;gap:.45em;align-items:center;padding:.3rem "
    ".75rem .3rem .6rem;border:1px solid var(--hairline);border-radius:1.2rem;"
    "background:var(--paper);cursor:pointer}\n",
    ".filters label:hover{border-color:var(--accent)}\n",
    ".filters label:has(:focus-visible){outline:.19rem solid var(--accent);"
    "outline-offset:.1rem}\n",
    ".filters label:has(input:not(:checked)){background:none}\n",
    ".filters label:has(input:not(:checked)) span{color:var(--muted)}\n",
    ".filters input{accent-color:var(--accent);width:1rem;height:1rem;margin:0;outline:0}\n",
    ".filters .mark{top:0}\n",
    ".count{color:var(--muted);font-variant-numeric:tabular-nums}\n",
    ".filters button{margin-left:auto}\n",
    "button{font:inherit;color:var(--accent);background:none;border:1px solid "
    "var(--accent);border-radius:.3rem;padding:.3rem .9rem;cursor:pointer}\n",
    "button:hover{background:var(--accent);color:var(--paper)}\n",
    "footer{color:var(--muted);font-size:.8125rem;padding-top:1.25rem;"
    "padding-bottom:2.5rem}\n",
    "footer::before{content:\"\";display:block;border-top:1px solid var(--hairline);"
    "margin-bottom:1.25rem}\n",
    "main{padding-bottom:4rem}\n",
    /* wide */
    "@media screen and (min-width:68rem){\n",
    "article{display:grid;grid-template-columns:14rem minmax(0,1fr);column-gap:3.5rem}\n",
    ".cover{grid-column:1/-1}\n",
    ".contents{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;"
    "padding:1.4rem 0}\n",
    "}\n",
    "@media screen and (max-width:67.99rem){\n",
    ".contents{margin-bottom:3rem}\n",
    ".contents>ol{columns:2;column-gap:2rem}\n",
    ".contents li{break-inside:avoid}\n",
    ".contents ol ol{display:none}\n",
    ".chapters{max-width:none}\n",
    "}\n",
    /* narrow: rows of tables become blocks of their own */
    "@media screen and (max-width:46rem){\n",
    "main,.languages,footer{padding-left:1.15rem;padding-right:1.15rem}\n",
    ".cover{padding:2.5rem 0 2rem}\n",
    ".verdict{grid-template-columns:minmax(0,1fr);padding:1.4rem 1.25rem;margin:2rem 0 "
    "1.25rem}\n",
    ".contents>ol{columns:1}\n",
    ".contents a{padding-top:.45rem;padding-bottom:.45rem}\n",
    ".chapters>section+section{margin-top:3.25rem}\n",
    "h2{font-size:1.5rem}\n",
    "svg.wide{display:none}\n",
    "svg.narrow{display:block;max-width:30rem}\n",
    "table,tbody{--table:block;--rows:block}\n",
    "table,caption,tbody,tbody th,td{display:block}\n",
    "thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n",
    "tr{display:flex;flex-direction:column;padding:.75rem 0;border-bottom:1px solid "
    "var(--hairline)}\n",
    "tbody th[scope=row]{order:-1;font-weight:600}\n",
    "tbody th :is(.small,.note,details){font-weight:400}\n",
    "tbody:first-of-type tr:first-child{border-top:2px solid var(--ink)}\n",
    "th,td{border:0;padding:.15rem 0}\n",
    "td{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.9rem}\n",
    "td::before{content:attr(data-label);color:var(--muted);font-size:.8125rem;"
    "padding-top:.05rem}\n",
    "td:not([data-label]){display:block}\n",
    "td p+p{grid-column:2}\n",
    "td p+p{margin-top:-.6rem}\n",
    ".right,thead .right,td.right{text-align:left;padding-right:0}\n",
    "tr.band{padding:0;border:0}\n",
    ".band th{padding:.5rem .75rem}\n",
    "tr:target{box-shadow:inset .25rem 0 var(--accent);background:var(--panel);"
    "padding-left:.75rem}\n",
    "tr:target>:first-child{box-shadow:none;padding-left:0}\n",
    "}\n",
    "@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}\n",
    /* paper: everything that is shown folded stays folded, everything else is there */
    "@page{size:A4;margin:17mm 16mm}\n",
    "@media print{\n",
    "html{font-size:8.75pt}\n",
    "body,.verdict,.band th,svg{-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}\n",
    ".skip,.languages,.filters,.contents,.reasons:not([open]),.none{display:none}\n",
    "main,footer{max-width:none;padding:0}\n",
    ".cover{padding:0 0 1rem}\n",
    ".draft{position:fixed;top:45%;left:0;right:0;z-index:-1;margin:0;border:0;"
    "text-align:center;font-size:90pt;color:var(--panel);transform:rotate(-35deg)}\n",
    "h1{font-size:26pt;margin-top:3rem}\n",
    ".verdict{padding:1.4rem 1.6rem;margin-top:2rem}\n",
    ".chapters{max-width:none}\n",
    ".chapters>section+section{margin-top:2.25rem}\n",
    "h2,h3,caption,.message,.band,section>p:has(+table){break-after:avoid}\n",
    "figure,tr,.verdict{break-inside:avoid}\n",
    "thead{display:table-header-group}\n",
    "a{color:inherit;text-decoration:none}\n",
    "footer{padding-top:2rem}\n",
    "}\n",
};

void html_sheet(GString *out)
{
    for (guint i = 0; i < G_N_ELEMENTS(SHEET); i++)
        g_string_append(out, SHEET[i]);
}
