package io.heddle.runtime.data;

import java.util.List;

/** A picture and the objects on it. */
final class BoxedPicture {
    private final byte[] pixels;
    private final List<PictureObject> objects;

    BoxedPicture(byte[] pixels, List<PictureObject> objects) {
        this.pixels = pixels;
        this.objects = List.copyOf(objects);
    }

    /** Unsigned bytes, {@code [rows, columns, channels]}; its own array, only to be read. */
    byte[] pixels() {
        return pixels;
    }

    /** What is on it; nothing, where it is empty. */
    List<PictureObject> objects() {
        return objects;
    }
}
