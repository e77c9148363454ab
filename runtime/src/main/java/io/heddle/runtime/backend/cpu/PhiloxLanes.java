package io.heddle.runtime.backend.cpu;

import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011), several blocks at a time.
 *
 * <p>Block b of a stream is the cipher of the counter {low(b), high(b), low(stream), high(stream)} under the key {low(seed),
 * high(seed)}; its four words are the elements 4 b to 4 b + 3 of the stream. So an element depends on (seed, stream, index)
 * and on nothing that was drawn before.
 */
public final class PhiloxLanes {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = LONGS.length();
    private static final int WORDS_AT_ONCE = 4 * LANES;
    private static final int ROUNDS = 10;

    private static final long WORD = 0xFFFF_FFFFL;
    private static final long MULTIPLIER_0 = 0xD251_1F53L;
    private static final long MULTIPLIER_1 = 0xCD9E_8D57L;
    private static final int WEYL_0 = 0x9E37_79B9;
    private static final int WEYL_1 = 0xBB67_AE85;

    private static final LongVector LANE_NUMBERS = LongVector.zero(LONGS).addIndex(1);
    private static final VectorShuffle<Long> FRONT = VectorShuffle.fromOp(LONGS, lane -> lane / 2);
    private static final VectorShuffle<Long> BACK = VectorShuffle.fromOp(LONGS, lane -> (LANES + lane) / 2);
    private static final VectorMask<Long> ODD = VectorMask.fromLong(LONGS, 0xAAAA_AAAA_AAAA_AAAAL);

    private PhiloxLanes() {}

    /** How many words {@link #words} may write for {@code count} elements that begin anywhere. */
    public static int room(int count) {
        return (count + 3 + WORDS_AT_ONCE) / WORDS_AT_ONCE * WORDS_AT_ONCE + WORDS_AT_ONCE;
    }

    /**
     * Writes the 32-bit words of the elements {@code [first, first + count)}, with others around them.
     *
     * @param buffer memory for {@link #room} words
     * @return the address of the word of element {@code first}, in the buffer
     */
    public static long words(long seed, long stream, long first, int count, long buffer) {
        int skipped = (int) (first & 3);
        int blocks = (skipped + count + 3) / 4;
        blocks(seed, stream, first >>> 2, blocks, buffer);
        return Memory.at(buffer, skipped);
    }

    /**
     * Writes the words of at least {@code blocks} blocks from {@code firstBlock} on, which counts without a sign.
     *
     * @param buffer memory for {@link #room} of the blocks' words
     */
    public static void blocks(long seed, long stream, long firstBlock, int blocks, long buffer) {
        for (int done = 0; done < blocks; done += LANES) {
            LongVector counter = LANE_NUMBERS.add(firstBlock + done);
            // Each lane holds one 32-bit word in its low half.
            LongVector word0 = counter.and(WORD);
            LongVector word1 = counter.lanewise(VectorOperators.LSHR, 32);
            LongVector word2 = LongVector.broadcast(LONGS, stream & WORD);
            LongVector word3 = LongVector.broadcast(LONGS, stream >>> 32);
            int key0 = (int) seed;
            int key1 = (int) (seed >>> 32);
            for (int round = 0; round < ROUNDS; round++) {
                LongVector product0 = word0.mul(LongVector.broadcast(LONGS, MULTIPLIER_0));
                LongVector product1 = word2.mul(LongVector.broadcast(LONGS, MULTIPLIER_1));
                word0 = product1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, word1)
                        .lanewise(VectorOperators.XOR, key0 & WORD);
                word2 = product0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, word3)
                        .lanewise(VectorOperators.XOR, key1 & WORD);
                word1 = product1.and(WORD);
                word3 = product0.and(WORD);
                key0 += WEYL_0;
                key1 += WEYL_1;
            }
            // Two words to a long, low word first in memory, then the two longs of each block side by side.
            LongVector firstPair = word0.or(word1.lanewise(VectorOperators.LSHL, 32));
            LongVector secondPair = word2.or(word3.lanewise(VectorOperators.LSHL, 32));
            long target = Memory.at(buffer, 4L * done);
            firstPair.rearrange(FRONT).blend(secondPair.rearrange(FRONT), ODD)
                    .intoMemorySegment(Memory.ALL, target, ByteOrder.LITTLE_ENDIAN);
            firstPair.rearrange(BACK).blend(secondPair.rearrange(BACK), ODD)
                    .intoMemorySegment(Memory.ALL, Memory.at(target, 2L * LANES), ByteOrder.LITTLE_ENDIAN);
        }
    }
}
