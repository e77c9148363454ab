package io.heddle.runtime.backend;

import io.heddle.terms.Blocks;
import io.heddle.terms.Both;
import io.heddle.terms.Causal;
import io.heddle.terms.Either;
import io.heddle.terms.Everything;
import io.heddle.terms.Except;
import io.heddle.terms.Given;
import io.heddle.terms.Global;
import io.heddle.terms.Mask;
import io.heddle.terms.PerHead;
import io.heddle.terms.Random;
import io.heddle.terms.Self;
import io.heddle.terms.Window;
import io.heddle.terms.Windows2d;

/** Whether the heads of an attention look through different masks; most do not, and one mask serves all of them. */
public final class MaskHeads {
    private MaskHeads() {}

    /** True where what a query sees may depend on its head. */
    public static boolean differ(Mask mask) {
        return switch (mask) {
            case Random _,PerHead _ -> true;
            case Both both -> differ(both.getFirst()) || differ(both.getSecond());
            case Either either -> differ(either.getFirst()) || differ(either.getSecond());
            case Except except -> differ(except.getHidden());
            case Blocks blocks -> differ(blocks.getMask());
            case Everything _,Causal _,Self _,Window _,Global _,Windows2d _,Given _ -> false;
        };
    }
}
