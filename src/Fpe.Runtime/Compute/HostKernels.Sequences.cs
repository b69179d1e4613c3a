using Fpe.Compute.Plain;

namespace Fpe.Compute;

internal static partial class HostKernels
{
    public static void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch)
    {
        double[] numbers = ReadTokens(tokens, table.Length / dimension, batch), outputs = New(y, batch);
        PlainEmbedding<double>.Forward(
            Read(table), positions is null ? [] : Read(positions), dimension, tokens.Features, numbers, outputs);
        y.Write(outputs, batch);
    }

    public static void EmbeddingBagForward(
        DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch)
    {
        double[] numbers = ReadTokens(tokens, table.Length / dimension, batch), outputs = New(y, batch);
        PlainEmbedding<double>.BagForward(Read(table), dimension, mean, tokens.Features, numbers, outputs);
        y.Write(outputs, batch);
    }

    public static void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch)
    {
        double[] numbers = ReadTokens(tokens, slots.Length, batch), sums = New(gradient);
        double[] positionSums = positionGradient is null ? [] : New(positionGradient);
        var distinct = new int[rows.Length];
        PlainEmbedding<double>.Gradient(
            dimension, tokens.Features, numbers, Read(dy, batch), new int[slots.Length], distinct, sums, positionSums);
        rows.Write(distinct);
        gradient.Write(sums);
        positionGradient?.Write(positionSums);
    }

    public static void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch)
    {
        double[] numbers = ReadTokens(tokens, slots.Length, batch), sums = New(gradient);
        var distinct = new int[rows.Length];
        PlainEmbedding<double>.BagGradient(
            dimension, mean, tokens.Features, numbers, Read(dy, batch), new int[slots.Length], distinct, sums);
        rows.Write(distinct);
        gradient.Write(sums);
    }

    public static void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step)
    {
        int width = gradient.Length / rows.Length;
        double[] w = new double[width], g = new double[width], m = new double[width], v = new double[width];
        int[] numbers = ReadRows(rows, weights.Length / width);
        for (int r = 0; r < numbers.Length; r++)
        {
            int start = numbers[r] * width;
            weights.Read(w, start);
            gradient.Read(g, r * width);
            firstMoment.Read(m, start);
            secondMoment.Read(v, start);
            PlainAdam<double>.Step(w, g, m, v, in step);
            weights.Write(w, start);
            firstMoment.Write(m, start);
            secondMoment.Write(v, start);
        }
    }

    public static void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        int width = gradient.Length / rows.Length;
        double[] w = new double[width], g = new double[width], v = velocity is null ? [] : new double[width];
        int[] numbers = ReadRows(rows, weights.Length / width);
        for (int r = 0; r < numbers.Length; r++)
        {
            int start = numbers[r] * width;
            weights.Read(w, start);
            gradient.Read(g, r * width);
            velocity?.Read(v, start);
            PlainSgd<double>.Step(w, g, v, in step);
            weights.Write(w, start);
            velocity?.Write(v, start);
        }
    }

    public static void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch)
    {
        double[] weights = New(probabilities, batch), outputs = New(y, batch);
        PlainAttention<double>.Forward(shape, Read(qkv, batch), tokens is null ? [] : Read(tokens, batch), weights, outputs);
        probabilities.Write(weights, batch);
        y.Write(outputs, batch);
    }

    public static void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch)
    {
        double[] gradient = New(dqkv, batch);
        PlainAttention<double>.InputGradient(shape, Read(qkv, batch), Read(probabilities, batch), Read(dy, batch), gradient);
        dqkv.Write(gradient, batch);
    }

    public static void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch)
    {
        double[] means = New(y, batch);
        PlainMeanOfTokens<double>.Forward(tokens.Features, Read(tokens, batch), Read(x, batch), means);
        y.Write(means, batch);
    }

    public static void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch)
    {
        double[] gradient = New(dx, batch);
        PlainMeanOfTokens<double>.Gradient(tokens.Features, Read(tokens, batch), Read(dy, batch), gradient);
        dx.Write(gradient, batch);
    }

    private static double[] ReadTokens(Activations tokens, int vocabulary, int batch)
    {
        double[] numbers = Read(tokens, batch);
        KernelIndices.CheckTokens<double>(numbers, tokens.Features, vocabulary);
        return numbers;
    }

    /// <summary>Reads the row numbers before the first negative one.</summary>
    private static int[] ReadRows(IndexBuffer rows, int count)
    {
        var numbers = new int[rows.Length];
        rows.Read(numbers);
        return numbers[..KernelIndices.CheckRows(numbers, count)];
    }
}
