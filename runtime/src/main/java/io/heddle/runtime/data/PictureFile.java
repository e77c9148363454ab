package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.BoxMessages;
import io.heddle.runtime.messages.ReadingMessages;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A picture in a file that Java reads by itself: PNG or JPEG, among others. */
final class PictureFile {
    /** ITU-R BT.601. */
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    private static final int COLORS = 3;
    private static final int BYTE = 8;

    private PictureFile() {}

    /**
     * Reads a picture, and stretches it to a size.
     *
     * @param said how large it should be, in rows and columns
     * @param wanted how large it becomes, with 1 channel or 3
     * @return unsigned bytes, {@code [rows, columns, channels]}
     * @throws ProblemsException when there is none, or one of another size than was said
     */
    static byte[] read(Path path, PictureSize said, PictureSize wanted) {
        if (!Files.isRegularFile(path)) {
            throw new ProblemsException(BoxMessages.noPicture(path));
        }
        BufferedImage image;
        try {
            // A file may be broken in more ways than one exception tells of.
            image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(path))));
        } catch (IOException | RuntimeException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(path.toString(), cause), cause);
        }
        if (image == null) {
            throw new ProblemsException(BoxMessages.unknownFormat(path));
        }
        PictureSize there = new PictureSize(image.getHeight(), image.getWidth(), wanted.channels());
        if (there.rows() != said.rows() || there.columns() != said.columns()) {
            throw new ProblemsException(BoxMessages.otherSize(
                    path, there.rows(), there.columns(), said.rows(), said.columns()));
        }
        return Stretching.stretch(colors(image, wanted.channels()), there, wanted);
    }

    /** 0 to 255. A grey picture is read as it is: as colors, Java would change its values. */
    private static double[] colors(BufferedImage image, int channels) {
        Raster raster = image.getRaster();
        boolean grey = raster.getNumBands() < COLORS && !(image.getColorModel() instanceof IndexColorModel);
        double scale = Math.scalb(1.0, BYTE - image.getColorModel().getComponentSize(0));
        double[] colors = new double[image.getHeight() * image.getWidth() * channels];
        for (int place = 0; place < colors.length; place += channels) {
            int row = place / channels / image.getWidth();
            int column = place / channels % image.getWidth();
            int color = grey ? 0 : image.getRGB(column, row);
            double[] each = new double[COLORS];
            for (int channel = 0; channel < COLORS; channel++) {
                each[channel] = grey
                        ? Math.floor(raster.getSample(column, row, 0) * scale)
                        : (color >> (BYTE * (COLORS - 1 - channel))) & 0xFF;
            }
            if (channels == 1) {
                colors[place] = LUMA[0] * each[0] + LUMA[1] * each[1] + LUMA[2] * each[2];
            } else {
                System.arraycopy(each, 0, colors, place, channels);
            }
        }
        return colors;
    }
}
