package io.heddle.report

/** How the HTML page looks: on paper, on a screen, on a telephone, by day and by night. */
internal object HtmlStyle {
    /** A style sheet that asks for nothing outside of the page. */
    val css: String =
        """
        :root { --ink: #1a1a1a; --quiet: #5c5c5c; --line: #d5d5d5;
          --paper: #ffffff; --shade: #f5f5f4; --link: #005a8f; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e6e6; --quiet: #a3a3a3; --line: #3d3d3d;
            --paper: #1a1a1a; --shade: #232323; --link: #7cc0f0; }
          .chart { filter: invert(0.9) hue-rotate(180deg); }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { max-width: 70rem; margin: 0 auto; padding: 2rem 1rem 4rem; color: var(--ink); background: var(--paper);
          font: 1rem/1.55 "Source Serif 4", "Iowan Old Style", Charter, Georgia, "DejaVu Serif", serif; }
        h1, h2, h3, nav, table, figcaption, summary { font-family: Helvetica, Arial, "Liberation Sans", sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 0.6rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 2.8rem 0 0.8rem; padding-top: 0.8rem; border-top: 1px solid var(--line); }
        h3 { font-size: 1rem; margin: 1.8rem 0 0.5rem; overflow-wrap: anywhere; }
        h2 a, h3 a { color: inherit; text-decoration: none; }
        h2 a:hover, h3 a:hover { text-decoration: underline; }
        nav { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; font-size: 0.85rem; margin-bottom: 1.6rem; }
        a { color: var(--link); }
        p, ul { max-width: 46rem; overflow-wrap: anywhere; }
        li { margin: 0.35rem 0; }
        .scroll { overflow-x: auto; margin: 1rem 0 1.6rem; }
        .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        table { border-collapse: collapse; font-size: 0.8rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--quiet); padding-bottom: 0.5rem;
          max-width: min(50rem, calc(100vw - 2rem));
          position: sticky; left: 0; }
        thead th { border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); vertical-align: bottom; }
        tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
        th, td { padding: 0.32rem 0.45rem; text-align: left; vertical-align: top; font-weight: normal; }
        thead th { font-weight: 600; }
        tbody th { min-width: 6.2rem; max-width: 16rem; overflow-wrap: break-word; }
        th:first-child, td:first-child { padding-left: 0.2rem; }
        .numbers { text-align: right; white-space: nowrap; }
        thead .numbers { white-space: normal; min-width: 4.5rem; }
        td.words { min-width: 4.5rem; }
        pre { margin: 0; padding: 0.9rem 1rem; background: var(--shade); font-size: 0.8rem; line-height: 1.45;
          font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; width: max-content; min-width: 100%; }
        details { margin: 0.8rem 0; }
        summary { cursor: pointer; font-size: 0.88rem; color: var(--link); }
        figure { margin: 0.8rem 0 1.2rem; }
        figcaption { font-size: 0.82rem; line-height: 1.45; color: var(--quiet); max-width: 48rem; margin-top: 0.3rem; }
        figcaption strong { color: var(--ink); }
        .chart svg { display: block; max-width: 100%; height: auto; }
        .narrow { display: none; }
        @media (min-width: 1100px) {
          figure { display: grid; grid-template-columns: 760px 1fr; column-gap: 1.2rem; align-items: start; }
          figcaption { margin-top: 1.9rem; }
        }
        @media (max-width: 700px) {
          body { padding-top: 1.2rem; }
          .wide { display: none; }
          .narrow { display: block; }
        }
        @media (max-width: 700px) {
          tbody th:first-child { position: sticky; left: 0; background: var(--paper);
            max-width: 8.5rem; overflow-wrap: anywhere; }
          tbody tr:last-child th:first-child { box-shadow: inset 0 -1.5px var(--ink); }
        }
        @media print {
          :root { --ink: #000; --quiet: #333; --line: #aaa; --paper: #fff; --shade: #fff; --link: #000; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav { display: none; }
          .chart { filter: none; }
          figure { display: block; }
          .wide { display: block; }
          .narrow { display: none; }
          .scroll { overflow: visible; }
          details::details-content { content-visibility: visible; block-size: auto; }
          pre { white-space: pre-wrap; width: auto; border: 0.5pt solid #aaa; }
          figure, tr { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
        }
        """
            .trimIndent()
}
