using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<AttentionArguments> attentionForward = new(device, AttentionForward);
    private readonly Kernel<AttentionArguments> attentionValueGradient = new(device, AttentionValueGradient);
    private readonly Kernel<AttentionArguments> attentionScoreGradient = new(device, AttentionScoreGradient);
    private readonly Kernel<AttentionArguments> attentionPlaceGradient = new(device, AttentionPlaceGradient);

    public void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch) =>
        attentionForward.RunFor(shape.Heads * shape.Places * batch, Attention(shape, qkv, probabilities, y, y, batch) with
        {
            Tokens = View(tokens ?? qkv),
            HasTokens = tokens is null ? 0 : 1,
        });

    public void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch)
    {
        AttentionArguments arguments = Attention(shape, qkv, probabilities, dy, dqkv, batch);
        attentionValueGradient.RunFor(shape.OutputCount * batch, arguments);
        attentionScoreGradient.RunFor(shape.Heads * shape.Places * batch, arguments);
        attentionPlaceGradient.RunFor(shape.OutputCount * batch, arguments);
    }

    private static AttentionArguments Attention(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations y, Activations dqkv, int batch) => new()
        {
            Qkv = View(qkv),
            Tokens = View(qkv),
            Probabilities = View(probabilities),
            Y = View(y),
            Dqkv = View(dqkv),
            Scale = (float)(1 / Math.Sqrt(shape.HeadUnits)),
            Places = shape.Places,
            Units = shape.Units,
            Heads = shape.Heads,
            HeadUnits = shape.HeadUnits,
            Batch = batch,
            Stride = Lanes(qkv).Stride,
        };

    /// <summary>A thread for each head, query and sample.</summary>
    private static void AttentionForward(AttentionArguments a)
    {
        int row = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch, head = row / a.Places, query = row % a.Places;
        if (head >= a.Heads)
            return;
        int first = head * a.HeadUnits, end = first + a.HeadUnits;
        float largest = float.NegativeInfinity, sum = 0;
        for (int key = 0; key < a.Places; key++)
        {
            float score = 0;
            for (int u = first; u < end; u++)
                score += a.Query(u, query, s) * a.Key(u, key, s);
            score *= a.Scale;
            a.Probabilities[a.Probability(row, key, s)] = score;
            if (!a.IsEmpty(key, s))
                largest = DeviceMath.Max(largest, score);
        }

        for (int key = 0; key < a.Places; key++)
        {
            int e = a.Probability(row, key, s);
            float exponential = a.IsEmpty(key, s) ? 0 : DeviceMath.Exp(a.Probabilities[e] - largest);
            a.Probabilities[e] = exponential;
            sum += exponential;
        }

        for (int key = 0; key < a.Places && sum != 0; key++)
            a.Probabilities[a.Probability(row, key, s)] /= sum;
        for (int u = first; u < end; u++)
        {
            float output = 0;
            for (int key = 0; key < a.Places; key++)
            {
                if (!a.IsEmpty(key, s))
                    output += a.Probabilities[a.Probability(row, key, s)] * a.Value(u, key, s);
            }

            a.Y[(((u * a.Places) + query) * a.Stride) + s] = output;
        }
    }

    /// <summary>A thread for each unit, key and sample; Y is dy, here and below.</summary>
    private static void AttentionValueGradient(AttentionArguments a)
    {
        int feature = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch, unit = feature / a.Places, key = feature % a.Places;
        if (unit >= a.Units)
            return;
        float sum = 0;
        for (int query = 0; query < a.Places; query++)
            sum += a.Probabilities[a.Probability((unit / a.HeadUnits * a.Places) + query, key, s)] * a.Y[(((unit * a.Places) + query) * a.Stride) + s];
        a.Dqkv[a.Element(2, unit, key, s)] = sum;
    }

    /// <summary>A thread for each head, query and sample: the probabilities become the gradients by the scores, times the scale.</summary>
    private static void AttentionScoreGradient(AttentionArguments a)
    {
        int row = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (row >= a.Heads * a.Places)
            return;
        float sum = 0;
        for (int key = 0; key < a.Places; key++)
            sum += a.Probabilities[a.Probability(row, key, s)] * a.ProbabilityGradient(row, key, s);
        for (int key = 0; key < a.Places; key++)
        {
            int e = a.Probability(row, key, s);
            a.Probabilities[e] *= (a.ProbabilityGradient(row, key, s) - sum) * a.Scale;
        }
    }

    /// <summary>A thread for each unit, place and sample: the gradients by its query and key.</summary>
    private static void AttentionPlaceGradient(AttentionArguments a)
    {
        int feature = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch, unit = feature / a.Places, place = feature % a.Places;
        if (unit >= a.Units)
            return;
        int first = unit / a.HeadUnits * a.Places;
        float query = 0, key = 0;
        for (int other = 0; other < a.Places; other++)
        {
            query += a.Probabilities[a.Probability(first + place, other, s)] * a.Key(unit, other, s);
            key += a.Probabilities[a.Probability(first + other, place, s)] * a.Query(unit, other, s);
        }

        a.Dqkv[a.Element(0, unit, place, s)] = query;
        a.Dqkv[a.Element(1, unit, place, s)] = key;
    }

    private struct AttentionArguments
    {
        public ArrayView<float> Qkv, Tokens, Probabilities, Y, Dqkv;
        public float Scale;
        public int Places, Units, Heads, HeadUnits, HasTokens, Batch, Stride;

        public readonly int Element(int part, int unit, int place, int sample) => (((((part * Units) + unit) * Places) + place) * Stride) + sample;

        public readonly int Probability(int row, int key, int sample) => (((row * Places) + key) * Stride) + sample;

        public readonly float Query(int unit, int place, int sample) => Qkv[Element(0, unit, place, sample)];

        public readonly float Key(int unit, int place, int sample) => Qkv[Element(1, unit, place, sample)];

        public readonly float Value(int unit, int place, int sample) => Qkv[Element(2, unit, place, sample)];

        public readonly bool IsEmpty(int place, int sample) => HasTokens != 0 && Tokens[(place * Stride) + sample] < 0;

        /// <summary>Σ dy · value over the units of a head: the gradient by a probability. Row is head · places + query.</summary>
        public readonly float ProbabilityGradient(int row, int key, int sample)
        {
            int first = row / Places * HeadUnits, query = row % Places;
            float sum = 0;
            for (int u = first; u < first + HeadUnits; u++)
                sum += Y[(((u * Places) + query) * Stride) + sample] * Value(u, key, sample);
            return sum;
        }
    }
}
