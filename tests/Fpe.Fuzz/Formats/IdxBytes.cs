using System.Buffers.Binary;

namespace Fpe.Fuzz.Formats;

/// <summary>Files of the format of MNIST.</summary>
public static class IdxBytes
{
    /// <summary>Images: [count, height, width].</summary>
    public static byte[] Images(int count, int height, int width, byte[] pixels) => [.. Words(0x00000803, count, height, width), .. pixels];

    /// <summary>Labels: [count].</summary>
    public static byte[] Labels(int count, byte[] labels) => [.. Words(0x00000801, count), .. labels];

    /// <summary>Labels as QMNIST has them: the first of eight 32-bit numbers.</summary>
    public static byte[] QmnistLabels(params int[] labels) =>
        [.. Words(0x00000C02, labels.Length, 8), .. labels.SelectMany(label => Words(label, 4, 1, 2, 3, 4, 5, 6))];

    private static byte[] Words(params int[] words)
    {
        var bytes = new byte[sizeof(int) * words.Length];
        for (int w = 0; w < words.Length; w++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int) * w), words[w]);
        return bytes;
    }
}
