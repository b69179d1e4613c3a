using Fpe.Data;

/// <summary>Embeddings to try the program on: a random direction for each class, with noise around it.</summary>
internal static class MadeUp
{
    public static Dataset Draw(int samples, int width, int classes)
    {
        var random = new Random(1);
        float[] directions = [.. Enumerable.Range(0, classes * width).Select(_ => Normal(random))];
        int[] labels = [.. Enumerable.Range(0, samples).Select(sample => sample % classes)];
        float[] embeddings = [.. Enumerable.Range(0, samples * width).Select(i => directions[(labels[i / width] * width) + (i % width)] + (3 * Normal(random)))];
        return Dataset.OfClasses("made up", width, embeddings, labels, classes);
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
