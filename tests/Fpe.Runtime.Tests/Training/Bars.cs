using Fpe.Data;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Small grey images with a bar somewhere, among noise: class 0 lies, class 1 stands, class 2 goes down to the right.</summary>
internal static class Bars
{
    public const int Size = 8, Classes = 3;

    private const int Length = 4;

    public static Dataset Draw(int samples, long seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        var pixels = new float[samples * Size * Size];
        var labels = new int[samples];
        for (int s = 0; s < samples; s++)
        {
            Span<float> image = pixels.AsSpan(s * Size * Size, Size * Size);
            foreach (ref float pixel in image)
                pixel = 0.3f * random.NextSingle();
            labels[s] = random.NextInt32(Classes);
            int top = random.NextInt32(Size - Length + 1), left = random.NextInt32(Size - Length + 1);
            for (int i = 0; i < Length; i++)
                image[((top + (labels[s] == 0 ? 0 : i)) * Size) + left + (labels[s] == 1 ? 0 : i)] += 1;
        }

        return Dataset.OfClasses("bars", Size * Size, pixels, labels, Classes);
    }
}
