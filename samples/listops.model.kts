// ListOps (arXiv 1804.06028): what is [MAX 2 [MIN 7 3 ] 5 ]? Three models differ in what an attention may look at: all words, a
// window of words around each beside a first word that sees all, or all words by features at a cost linear in the length.
// The expressions are short ones, of 8 to 60 words without parentheses; their writer is that of the Long Range Arena
// (arXiv 2011.04006), see data/README.txt. Of the 1,000 held-out values the most frequent one is right about 12.4 %, full
// attention about 40.3 %, windows 42.2 % and the linear one 38.8 %; chance moves each by about 1.5. On the arena's own
// expressions, of 500 to 2,000 words, its Transformer is right about 36.4 %.
//
//     ./heddle train samples/listops.model.kts --model full
//     ./heddle train samples/listops.model.kts --model window
//     ./heddle train samples/listops.model.kts --model linear

val length = 176 // words of the longest expression, parentheses included

fun listops(name: String, look: AttentionScope.() -> Unit) = model(name, width = 64) {
    layout = PreNorm

    val text by tokens(vocab = 21) { learnedPositions(length) } // 10 digits, [MIN [MAX [MED [SM ] ( ) and 4 special ones
    val encoder by stack(text, layers = 3) {
        attention(heads = 4, configure = look)
        addNorm()
        feedForward(128) { activation = Gelu }
        addNorm()
    }
    val value by classify(encoder, First, classes = 10)
}

val full = listops("listops-full") {}
val window = listops("listops-window") { mask = Window(8) or Global(0) }
val linear = listops("listops-linear") { kernel = EluPlusOne }

val expressions = labelledTexts(
    "data/listops/train.tsv",
    "data/listops/test.tsv",
    classes = (0..9).map { "$it" },
    tokenizer = Tokenization.Words(1),
    columns = Columns.Named("Source", "Target"),
    maximumLength = length,
)

val training = recipe(expressions, steps = 1_500) {
    batch(32)
    optimizer = AdamW(learningRate = 1e-3, weightDecay = 0.1)
    schedule = Cosine(warmup = 100, floor = 1e-4)
    clip(1.0)

    evaluate(every = 250)
}
