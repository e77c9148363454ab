package io.heddle.cli

import io.heddle.chart.ShownAttention

/** A page that needs nothing beside it: the pictures of [shown], of the model named [model] reading [text]. */
internal fun attentionPage(model: String, text: String, shown: List<ShownAttention>): String = buildString {
    append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>What ${escaped(model)} looks at</title>
        <style>
        body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; font: 16px/1.5 Helvetica, Arial, sans-serif;
          color: #222; background: white; }
        pre { padding: .6rem .8rem; background: #f4f4f4; white-space: pre-wrap; }
        figure { margin: 2rem 0; }
        figure svg { max-width: 100%; height: auto; }
        </style>
        </head>
        <body>
        <h1>What ${escaped(model)} looks at</h1>
        """
            .trimIndent()
    )
    append("\n<pre>${escaped(text)}</pre>\n")
    append("<p>Each row shows what one query gives to the keys: weights that sum to 1, darker for more.</p>\n")
    if (shown.size > 1) {
        append("<ul>\n")
        shown.forEach { append("<li><a href=\"#${it.path}\">${it.path}</a></li>\n") }
        append("</ul>\n")
    }
    shown.forEachIndexed { number, one ->
        append("<figure id=\"${one.path}\">\n${one.svg("attention-$number")}\n</figure>\n")
    }
    append("</body>\n</html>\n")
}

private fun escaped(text: String) =
    text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
