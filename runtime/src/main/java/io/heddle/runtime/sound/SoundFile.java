package io.heddle.runtime.sound;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ReadingMessages;
import io.heddle.runtime.messages.SoundMessages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Reads recordings: one channel of 16-bit samples, in a WAV file, or in another kind that {@link AudioSystem} reads. */
public final class SoundFile {
    private static final int BITS = 16;
    private static final float FULL = 1 << (BITS - 1);

    private SoundFile() {}

    /**
     * The samples of a recording, each at least -1 and below 1.
     *
     * @param rate how many samples a second has
     * @throws ProblemsException when there is no such file, it is no recording or cut off, or it has another rate, more
     *     channels or other samples
     */
    public static float[] read(Path path, int rate) {
        String name = path.toString();
        if (!Files.isRegularFile(path)) {
            throw new ProblemsException(SoundMessages.missing(path));
        }
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(
                new ByteArrayInputStream(Files.readAllBytes(path)))) {
            AudioFormat format = sound.getFormat();
            boolean fits = format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
                    && format.getSampleSizeInBits() == BITS && format.getChannels() == 1
                    && format.getSampleRate() == rate;
            if (!fits) {
                throw new ProblemsException(SoundMessages.otherFormat(name, format.toString(), rate));
            }
            byte[] bytes = sound.readAllBytes();
            long frames = sound.getFrameLength();
            if (frames * Short.BYTES > bytes.length) {
                throw new ProblemsException(SoundMessages.cutOff(name, frames, bytes.length / Short.BYTES));
            }
            return scaled(bytes, format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        } catch (UnsupportedAudioFileException wrong) {
            throw new ProblemsException(SoundMessages.noSound(name), wrong);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(name, cause), cause);
        }
    }

    private static float[] scaled(byte[] bytes, ByteOrder order) {
        ShortBuffer samples = ByteBuffer.wrap(bytes).order(order).asShortBuffer();
        float[] scaled = new float[samples.remaining()];
        for (int place = 0; place < scaled.length; place++) {
            scaled[place] = samples.get(place) / FULL;
        }
        return scaled;
    }
}
