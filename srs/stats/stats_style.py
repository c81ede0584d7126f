"""How the page of the statistics looks."""

STYLE = """
:root { color-scheme: light dark; --page: #fbfaf8; --card: #ffffff; --ink: #23211e; --quiet: #6b665e;
  --line: #e6e2db; --empty: #eeebe5; --blue: #2b6cb0; --green: #2f855a; --red: #b83232;
  --h1: #c3e3cf; --h2: #86c9a0; --h3: #47a06d; --h4: #22703f; }
@media (prefers-color-scheme: dark) { :root { --page: #171819; --card: #1f2123; --ink: #e8e6e1;
  --quiet: #a09b92; --line: #34373a; --empty: #2a2d30; --blue: #76b0ec; --green: #68c391; --red: #f08a8a;
  --h1: #20452f; --h2: #2f6f49; --h3: #47a06d; --h4: #83dba8; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 60rem; margin: 0 auto; display: grid; align-items: start;
  gap: 1rem; grid-template-columns: 1fr 1fr; }
header, .wide { grid-column: 1 / -1; }
@media (max-width: 44rem) { main { grid-template-columns: minmax(0, 1fr); } }
h1 { font-size: 1.6rem; margin: 0; line-height: 1.2; }
h2 { font-size: 1rem; margin: 0 0 .8rem; }
p { margin: .2rem 0 0; color: var(--quiet); }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: 1.1rem 1.2rem; min-width: 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 1rem; margin: 0; }
dt { color: var(--quiet); font-size: .85rem; } dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--quiet); font-size: 11px; font-family: inherit; }
/* From right to left, so that a narrow window begins with the latest weeks. */
.scroll { overflow-x: auto; } .scroll svg { min-width: 40rem; direction: ltr; } .late { direction: rtl; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th { text-align: left; font-weight: 400; padding: .25rem .8rem .25rem 0; }
td { padding: .25rem 0 .25rem .8rem; color: var(--quiet); text-align: right; white-space: nowrap; }
td.bar { width: 38%; }
td.bar div { background: var(--empty); border-radius: 3px; height: .6rem; }
td.bar i { display: block; height: 100%; border-radius: 3px; background: var(--green); }
td.bar.plain div { background: none; } td.bar.plain i { background: var(--blue); }
@media (max-width: 44rem) { .topics td.bar { display: none; } }
code { font: .85em ui-monospace, monospace; color: var(--quiet); overflow-wrap: anywhere; }
"""
