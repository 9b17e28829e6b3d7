// SPDX-License-Identifier: Apache-2.0
#include "app/results/ReportSections_p.h"

namespace semigda::app
{

// Colours of curves and outlines are those of Okabe and Ito, which the colour-blind can tell apart; lines differ in
// their dashes as well.
std::string reportStyle()
{
    return R"css(
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2127; --muted: #5a646e; --line: #d5dade;
  --panel: #f4f6f8; --dot: #0072b2; --c0: #0072b2; --c1: #c24e00; --c2: #00795a; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191c; --ink: #e4e7ea; --muted: #a0a9b2; --line: #3a4047;
  --panel: #202429; --dot: #56b4e9; --c0: #56b4e9; --c1: #f08a4b; --c2: #3fc79a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 1120px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 23px; margin: 56px 0 8px; padding-top: 16px; border-top: 2px solid var(--line); }
h3 { font-size: 18px; margin: 32px 0 8px; }
p { margin: 8px 0; max-width: 76ch; }
.lead { font-size: 18px; }
.note, small, figcaption { color: var(--muted); }
.note { font-size: 14px; }
.warning { border: 1px solid var(--line); border-left: 6px solid #d55e00; background: var(--panel); padding: 8px 16px;
  max-width: none; }
a { color: var(--c0); }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px 24px; margin: 16px 0; }
.facts dt { font-size: 13px; color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 15px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 12px 6px 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); }
th:first-child, td:last-child:not(:first-child) { padding-right: 8px; }
th:first-child { text-align: left; }
thead th { font-size: 13px; font-weight: 600; color: var(--muted); vertical-align: bottom; }
tbody th { font-weight: 500; overflow-wrap: anywhere; min-width: 7em; }
td small { display: block; font-size: 12px; white-space: nowrap; }
.images td:nth-child(2), .images th:nth-child(2), .images td:last-child, .images th:last-child,
.settings td, .settings th { text-align: left; }
.images td:last-child, .images th:last-child { padding-left: 16px; }
.comparison td { white-space: nowrap; }
.images { font-size: 14px; }
.images td, .images th { padding-top: 3px; padding-bottom: 3px; }
.settings { width: auto; min-width: 50%; font-size: 14px; }
.wide { overflow-x: auto; }
details > summary { cursor: pointer; color: var(--muted); margin: 8px 0; }
pre { background: var(--panel); padding: 8px 16px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
.plot { display: block; width: 100%; max-width: 800px; height: auto; margin: 8px 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
svg text { fill: var(--ink); font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.pair svg text { font-size: 11px; }
svg .tick { fill: var(--muted); }
svg .name { font-weight: 600; font-size: 13px; }
svg path { fill: none; }
svg .grid, svg .axis { stroke: var(--line); }
svg .mark { stroke: var(--muted); stroke-dasharray: 2 3; }
svg .dots { stroke: var(--dot); stroke-width: 5; stroke-linecap: round; }
svg .box { fill: var(--panel); stroke: var(--ink); }
svg .whisker { stroke: var(--ink); }
svg .median { stroke: var(--ink); stroke-width: 3; }
svg .curve { stroke-width: 1.8; stroke-linejoin: round; }
svg .c0 { stroke: var(--c0); } svg .c1 { stroke: var(--c1); } svg .c2 { stroke: var(--c2); }
svg .curve.c1 { stroke-dasharray: 6 3; } svg .curve.c2 { stroke-dasharray: 2 3; }
svg .points { stroke-width: 5; stroke-linecap: round; }
.interval { width: 140px; height: 16px; vertical-align: middle; }
svg .span { stroke: var(--ink); stroke-width: 2; }
svg .mean { fill: var(--dot); }
.cases { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 14px; margin-top: 4px; overflow-wrap: anywhere; }
figcaption b { color: var(--ink); }
.case { display: block; width: 100%; height: auto; max-height: 560px; }
.case path, .key path { vector-effect: non-scaling-stroke; stroke-width: 2; stroke-linejoin: round; }
.casing { stroke: #000; opacity: .6; }
.case path.casing, .key path.casing { stroke-width: 4.5; }
.truth.casing.many { stroke: #fff; opacity: 1; }
.case .predicted, .key .predicted { stroke-width: 2.5; stroke-dasharray: 7 5; }
.case:hover .outlines { visibility: hidden; }
.terms dt { font-weight: 600; margin-top: 8px; }
.terms dd { margin: 0; max-width: 76ch; }
.missing { border: 1px dashed var(--line); padding: 32px 16px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; max-width: none; font-size: 14px; }
.key svg { width: 44px; height: 12px; margin-right: 8px; }
.key rect { fill: #4a4a4a; }
@media (max-width: 800px) { .pair, .cases { grid-template-columns: 1fr; } }
@media print {
  :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --muted: #444b52; --line: #c4c9ce; --panel: #f4f6f8;
    --dot: #0072b2; --c0: #0072b2; --c1: #c24e00; --c2: #00795a; }
  @page { size: A4; margin: 14mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 20pt; } h2 { font-size: 15pt; break-after: avoid; } h3 { font-size: 12pt; break-after: avoid; }
  table { font-size: 9pt; } thead th, td small { font-size: 8pt; } .images { font-size: 8.5pt; } .note { font-size: 9pt; }
  th, td { padding-right: 8px; }
  h2 + p, h3 + .legend, h3 + .note, summary { break-after: avoid; }
  .settings { font-size: 8pt; } .settings td, .settings th { padding: 1px 8px 1px 0; }
  tr, .plot, .warning { break-inside: avoid; }
  thead { display: table-header-group; }
  .pair, .cases { grid-template-columns: 1fr 1fr; gap: 12pt; }
  .case { max-height: 68mm; }
  .interval { width: 90px; }
  details::details-content { content-visibility: visible; height: auto; }
  .screen { display: none; }
}
)css";
}

} // namespace semigda::app
