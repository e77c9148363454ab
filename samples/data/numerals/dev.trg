V I I I I V V I I
I I I V I I I V I I I I V V I I I I
I X I V V I
I X V I I I I I I I I I X I I V
I I I I I I V I I I
I I V V I I I I I V I I I V
I I I I I I I I I V I I I I I V I
V I I I V V I I I I I I I X I I I
V I I I V
I I X V I I I X I I I V I I I I V
V I I I V I V I I I V I I I X I V
I I I I X V V I I
I I V I I I I I I I V I I I
V I I I I I X I
I I I I I I I
V I I I I V I X I
V I I I V I I V I I V V
V I I V I V I I V
I X V I V I X I
V I I I I I I X V I I I I V
I X V I V I X I X
V I I I
V I I I V I I I V I I V
V I I I V I I V I I V I I V
I I I I I I V I I
V I I V I V I I V I I I
I I I X I I V I I I I I
V V I I V I I I V I I V I I I V I I I X
I I X
I V I X I X I X I I V I I I I I V I
I I V I I I V V I I I V I I I I V I
V I I V I V I I I
V I I I I I I I
V I V I I I V I X
I V I I I I V V I I V I I V
V I I I I V I V I
V I I I V V I I I V I X V
I X I I I I I
I V V I I I V I I V I I I X
I X V I V I I I X
V I I V V I I I I X V I V I I I I V
I V V I V I I I V I I I
V I I V I I I V I I X I X V I I I I I I
I I I I I I I V I I I
I V V I I I V I I I V
V I V I I I
I V I V I I I I V I
V I I I X I X I X I I V I I
V I I I I X V V I I V I I I V I I
I I I V I V I
V I I I V I I I I
V I
V I I I V I I I I I V I
I V I I I V V I I I I I I I
I I I V I I V I I I I
I X I I I I I V V I I I I
V I I I V I
I I I V V I I I V I I I V I I I
V I V I I I V V I I I
I I I I I I I I I I I
V I I I V V I I V I V I I I V I I I I
V I V V I V I I I I V I I V
V I I V I I X V I I I I X I I I
V I I I V I I I X I I I I V
I I I V I I V I V I
V I I I I V I I V I I I
V I I V I I I I
V I I I I V I I I
I I I V V I V I V I I
I V V I I X
V I V I I I I V I I I V I I I V I I V I I
I X I V I I I V I I I I I I I I
V I I I V I I I I I X I I
V I I I X I I I I I I I V I I I I I I I V
I X I V I I V I I I I I I I I V I
I I I V I I I I X V I I I I I I
V I I X V I I
I I I I I V V I I I I I I I I I I
I I I I I I V V V I I I
V I I I I I X I I
V V I V V I I I I I V I
I I V I X I I I X I X
V I I I V V I I I I V I I V
V I X V I I V I V I
V I I I I I I I V I I V I I V
I X V I I I I X
I I I I I V I X I X I X I I I I
V I I V I I I I X
I I V I I I I V V I I I
I X I X I V
I I I X I V I V I I
V I I I I I I V I V I I I V V I I I I I
V I I I I V I I I
V I I V I I I I X V I I I V
I I X V I
I I I I V V I I I V I V I I X
I I I I I V I V I I I
V I V I X I V I V I I V
I I I I I V V I I V
I V I I I X
I V V I I I I I I I V I I
V I V I V I I I I X I V
V I V I V I I I I I I I I I V I I I I I
I V I I
I I I V V I I V I V I I V I I
V I I I I X V
I I X V I I I I V I V
V I V I I V I V I I I V I I X
V I I V V I V I X I X
V I V I I I I V V I I I I I I V I I
I X V I I V I I
V I I I V I I I I I
I I I V I I I V I I I V V I I V I V
I I I I I I I V I I X V I I
V I I I I X V I
V I I I I X I I I X V I I I
V I I I I V I I I V I I I I X
V I V V I I I V I I
I V V I I V I I I I X V I I I
V I I V I I V I V
I V V I I I I V I V I I I I V V I I V I I I
V V I I V I I I I I I I I I I I I V I
V I I V I I I V I I I V I I I I I I V I I
V I X V I X
V I I I V I I I I V I I I I I I X I I
V I I V I I I V I I X I V
V I I I V I I I I V I V V I I I V I
I X V I I I I X V I I
V I V I I I V V I I I
V I I I I V I I I I I
I I I X V I I I I I I I I I I V I I I
V I V I I V I I V I I V I V I I V
V V I I I X V I X V I I
V V I V V V I I
V I I I V V I I V V I I I I X I V
V I I V V I I
V I I V V I I I I I V
I I I V I I I
I V I I I I
V I I I I X I V I I I V I V I I I
I X V V I
V I V V I I I I I V I I I
V I I I V I I I I I I I I
V I V I I I I X V I X V I I V I V
I V I V V I I I V I I I I
I I I I V V I I I
V I I X I V I V I V I V
V I I I I I I I I I V I
I X I I I I V I I X I X I I I
V I I X V I I I I V I I
V V V I I I V I I
I X I V I I I
V V I I I I X I I X V I I I V I I
I X V I I V I I V V I I V
I I I V I I I I I I I I I I I I I I
I X I I I V I I V V I I I V I I I
V I I I I V I V I I I
I V V I I I I I I
I I V I I I I I V I V I I I
I I V I V V I I I V I I I V I
V I V I V I
I I V I I
I I I I I V I I I I I V I I V I
V I I I V I V
V I V I V I I I I X
I I V I I I I I V
V I V I V I I I
I X I V V I I
I X I X I V I
I I I V I I V I I I I V I I I I I
V I I V I I I I I X V V I I I
V V I I X V I V I I I I
V I V I I I I V
I I I V V I I X
V I I I I V I V I I I I I X
I I I V I V
V I I I V I I I I I I I V I V I I I
I I I V I I I
I X I V I V I V
V I I I I V I
I I I I X V I I V I I I V I I V I I
I V I I I I I I I I
I I X I
I X V I V I I I I
V I I X I V V I V
I I I I X V I I I V V I I I V I I I I X V I I
V I I I I X V I I
V I I I I V I I I
V I I I V I I I
I X I X I V V I I I V I I V
I X V I I V I I V I I
I V I V I X
I X I V
I I I I I I I V I V I I I I I V I
I I V I I V I I V I I I X
I I I V I I I V
V I I V I I I I I
I X I V I X I I I V V I I I I I
I I I V I I I V I I I
I I I I V I V V I I I V I I
V I I I I I I V I I
V I I I V I I I V I V I I V I I I V I I V I I I V I
I V I V V I I I V I I I I I I
V I V V I I I V
I V I V V I V V I I V I X
I V I X I I I I I V I I
V V I V I I I
I I I I I
V I I I I V I
V I I I V I I I X V V V I I I
I I I V I V I I I X V I I I I
I I V I I I V I I V I I V
I X I I I V I I I I I V
V I V I V V
I I I V I V V
I I V I I I V I I I I V
V I V I I I V
V I I V V I I V I I I
I X I X I X V I I I I I I I V
V I I I V I I I V I I I
V I I I V I I I I I
I X I I I I I V I I I
V I I I I I I V V I
V I V I I V I I I V I I
V I I I X I I I V V I I V I
V I I V
V I I V I I I I X V I I V I I
I X V V I V I I I I X I X
I I V I I V I I X V I I I
I X V V I I I X I I
V I V V I I
I I I I V I X V I V V
V I I I V I V I I I I X I
I I I V I I I V I I
I I I V V I V I I V
I I V V I V I V I X
I I I I V I X V I I I I X
I I I I X V I V I V I I
I X I I V I I V I I I I I I I I
V I V I I I V I V I I
I X V I I I V I I I V I
I X I I I X V I I I I V V I
I V I V V I I I X I V V I I I
V I I X V I I I I I
I I I V I I I V I I V
V I X I I I I X
V I I V I X I V V I
V I I I I V I X V I I V
I I V I I I V I V I I I
I X V I V I I I I V
I X I V I I V V I I I I I I I I V
V I I I I V I I I I
I X V I V I I I I V V I I I
I I V I I V
V V V I I I I
V I I I I X V I I I I I V V I I I
I I I V I I I I I V
I V V I I I V I I
V I I I I X I X V I I V I I I V I I I
I I I I I I X V I I I I I I I V I
I I V I I I I I
I I V I I I I I I I I I
I V V I I I V I
V I I I I I I I I I I I I V
I I V I V I I I I V
V I I V I I I V I X I I I V I
I I V I I V I I I V I I I
I I I V I I
I I I V I I I V I
I I X I X I V I V I I I I
V I I V I I I V V I I V I I V I I
I I I V I I I
V I I I V I X
I I I I I I I I I V I I I I V I I I V I I I
V I V V I I I I X V I I I
I I I I V
I X V I V I I I I I I V
V I I I I I I I V I I
I V I X I V V I
I V I I I I I
I I I V I I I V V I I
V I V V I I I I I V I I V
I I V I I V I I I I I I
I I I I I I X I I I
V I I I V I I V I I I I I I
I I V I V I I V I I I I V I V
V I I V I I V V I I I
I I X I V I I
I I V I I V V I I I I I V V I I I
I X I V V I I I
I V I I I V I I I X V I X
I V I I I V I I
V I I V I I I I I I I V V I I
I V V V I V
I I I X V I I I I
I I I I V I I I V I I X
V I I I I I V I V V V I I I
I X I I I V V I I
V I I I V I I V I I I V V I I
I I I I V V I I I I
V I I I V I I V I I I I V I X V I
I I I I X V I I I
V I I I I V V I I V I I V I I I
V I I V I I I I
I I I X I X V I I I
I I I I V V I I I V I I I I I X
V I I V I V I V V
I V I I I I I V I V I I I
I I I V I V I I I I V I I
V I V V I I I I X
V V I I I I I I V
I V V I V I V
I V I I V I V V I I I I I I I
V I I V I I V I I V I
V I I V I I I V I I I V I I I I I I I X V I I I
V I I X I I V I
I X I I I V I I V I I V V
I V V I I V I I I
V I I I X V I
I I I I I V I
V I I X V
I I I I X
V I I X I X V I I V I I
V I I I I X I V I V I X V I I
V I I I V I I I V I I I V V I I
V I I I I I I I I I V V I I I I I I
I V V I I I I V I
I V I I I X I I
V I I I V I V I I
V I I I I X I I V V I I I I I I I I I I
V I I I I V I I V
I I I I V I X I I I V I V
V I I I V I I I I X V I I
I V I V I I I V V I I V I I I V I I I
V I I V I I I I I V I I I I I
V V I I I V I I I I I
I I I V I I I V I I V V I I I
I X V I I I
I I I V I I V I V I V I I
I I I V V I
V V I V I I I I V
I I I I V I I V I V I I I V I I
V I I
I V I I V I I I I X V I
I I X
I I I X V I I I I I I I
I I I I V I V I I V I I V I X
I V I I I
I X I I I I
I X I V I V
I V I I I I I I V
I V V I I I V V I V I
I I I I X I I
I X I X I I X V
I V V I I I I I I I I V V I I I V
I V V I I I V I I I I V I I I I I X
I X I X I I
V I I I I I I V I X
I I V I I V
V I I I I I V
I X I V I X I V
V I I I V I V I I I V I V I I I
I I I V I V I X V I I
V I I X I V I I I I
I V I I I X I X I I I
I I I I I V I I I I I V I I
I X V
I V I X I
I I V V I I
I I I V I I I I I I I V I
V I I I I I I V I V V I I I V
I V I V I I
V I V I V
V I I I I X V I I I I I I I I I V I I I V I I I
V V I I V I I I
V I I I V I V I I V I I I
I V V I I V I I I I V V I I I I
I X V I I I V
I V I V I I I V I I I V I I I I X
I V V I V V I V I I I I
V I I I V I I I V I I I
V I I I V I V I V I I I I I
I I I I
V I V I I I I I
I V I I I I I V I I
V I I V V I I V I I I
I I I I X I I I I I V I I I
V I I V I V I I I V I I I I V
I X I I I I V
V I I V I X V V I
V I I I I I I I I V I V I I I V
I I I V I I V I I V I V V I I
I X I X I I I I I V I I I
V I I I I I I I I X
I I V I I V I I I
I I I I X
V I V I I V I I I V I I I
V I V I I I V I X I V
I I I V I I
V I I V V I V I I V I I
