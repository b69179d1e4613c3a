using System.Numerics;
using System.Runtime.CompilerServices;
using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>
/// A network whose weights and values are bytes. Sums are exact integers, so every processor, and every kernel, gets the same bits, up to the
/// activation of the last layer, which the system's functions compute.
/// </summary>
internal sealed class QuantizedNetwork : IOutputSource
{
    /// <summary>From this many samples on, lanes are samples; below, they are rows.</summary>
    private const int FewestOfPanel = ProductOfPanel.Width;

    private const int MaximumBatch = 256;

    private readonly QuantizedInput input;
    private readonly bool hasOperations;
    private readonly SamplePart[] tokens;

    // Room for one sample, and for 16, 32, … samples.
    private readonly IdleBuffers<QuantizedScratch> idle = new(BitOperations.Log2(MaximumBatch) + 1);

    /// <summary>Puts a network together.</summary>
    /// <param name="numbers">What it is made of.</param>
    /// <param name="steps">The steps, from the samples to the outputs.</param>
    /// <param name="valueWidths">The width of each value; the first is the sample.</param>
    /// <param name="vectors">The vectors to use.</param>
    public QuantizedNetwork(QuantizedNumbers numbers, QuantizedStep[] steps, int[] valueWidths, IntegerVectors vectors)
    {
        (Numbers, Access) = (numbers, new ModelAccess(numbers.Plan.Name));
        input = new QuantizedInput(numbers.Input, numbers.Plan.InputCount);
        (Steps, Vectors, ValueWidths) = (steps, vectors, valueWidths);
        QuantizedOperation[] operations = [.. steps.Select(step => step.Operation).OfType<QuantizedOperation>()];
        hasOperations = operations.Length > 0;
        tokens = [.. operations.Select(operation => operation.Tokens).OfType<SamplePart>()];
        Filters = [.. operations.Select(operation => operation.Filters).OfType<QuantizedLinear>()];
        ByteRoom = operations.Select(operation => operation.ByteRoom).DefaultIfEmpty().Max();
        NumberRoom = operations.Select(operation => operation.NumberRoom).DefaultIfEmpty().Max();
        Layers = [.. steps.Select(step => step.Layer).OfType<QuantizedLinear>()];
    }

    /// <summary>The vectors that it uses.</summary>
    public IntegerVectors Vectors { get; }

    /// <summary>What the network is made of.</summary>
    public QuantizedNumbers Numbers { get; }

    /// <summary>The steps, from the samples to the outputs.</summary>
    public QuantizedStep[] Steps { get; }

    /// <inheritdoc/>
    public ModelPlan Plan => Numbers.Plan;

    /// <inheritdoc/>
    public ModelMeaning Meaning => Numbers.Meaning;

    /// <inheritdoc/>
    public ModelAccess Access { get; }

    /// <summary>What the bytes of samples stand for.</summary>
    public ValueScale Input => input.Scale;

    /// <summary>The width of each value.</summary>
    public int[] ValueWidths { get; }

    /// <summary>The fully connected layers that are steps.</summary>
    public QuantizedLinear[] Layers { get; }

    /// <summary>The weights of convolutions.</summary>
    public QuantizedLinear[] Filters { get; }

    /// <summary>The most bytes that an operation needs between.</summary>
    public int ByteRoom { get; }

    /// <summary>The most numbers that an operation needs between.</summary>
    public int NumberRoom { get; }

    /// <summary>The bytes that a panel of rows takes before it is transposed.</summary>
    public int RowRoom => input.RowRoom;

    /// <summary>Rejects further calls; those in progress complete.</summary>
    public void Close() => Access.Close(static () => { });

    /// <inheritdoc/>
    public unsafe void ForwardAlone(ReadOnlySpan<float> inputs, Span<float> outputs, int samples)
    {
        if (samples == 0)
            return;
        CheckTokens(inputs, samples);
        int size = SizeOf(samples);
        QuantizedScratch scratch = idle.Take(size) ?? new QuantizedScratch(this, 1 << size);
        fixed (float* x = inputs, y = outputs)
        {
            for (int start = 0; start < samples; start += MaximumBatch)
            {
                int batch = Math.Min(MaximumBatch, samples - start);
                float* first = x + ((long)start * Plan.InputCount), result = y + ((long)start * Plan.OutputCount);
                if (scratch.Capacity == 1)
                {
                    for (int s = 0; s < batch; s++)
                        Sample(first + ((long)s * Plan.InputCount), result + ((long)s * Plan.OutputCount), scratch);
                }
                else
                {
                    Panels(first, result, batch, scratch);
                }
            }
        }

        idle.Return(size, scratch);
    }

    // Steps use tokens as row numbers without further checks.
    private void CheckTokens(ReadOnlySpan<float> inputs, int samples)
    {
        foreach (SamplePart part in tokens)
        {
            for (int s = 0; s < samples; s++)
            {
                for (int p = 0; p < part.Count; p++)
                    KernelIndices.CheckToken(inputs[(s * Plan.InputCount) + part.First + p], part.Vocabulary, s, p);
            }
        }
    }

    private unsafe void Sample(float* x, float* y, QuantizedScratch scratch)
    {
        input.Sample(Vectors, x, scratch.Value(0));
        foreach (QuantizedStep step in Steps)
        {
            byte* source = scratch.Value(step.Source), destination = scratch.Value(step.Destination);
            if (step.Operation is { } operation)
                operation.Compute(new OperationCall(Vectors, x, destination, y, scratch));
            else if (step.Table is { } table)
                Look(table, source, destination, ValueWidths[step.Destination]);
            else
                step.Layer!.Sample(Vectors, source, destination, y, scratch);
        }
    }

    private unsafe void Panels(float* x, float* y, int samples, QuantizedScratch scratch)
    {
        const int Width = ProductOfPanel.Width;
        for (int s = 0; s < samples; s += Width)
            input.Panel(Vectors, x + ((long)s * input.Count), Math.Min(Width, samples - s), scratch.Rows, scratch.Value(0) + ((long)s * input.Count));
        foreach (QuantizedStep step in Steps)
        {
            byte* source = scratch.Value(step.Source), destination = scratch.Value(step.Destination);
            int width = ValueWidths[step.Destination];
            if (step.Table is { } table)
                Look(table, source, destination, (long)width * ((samples + Width - 1) / Width * Width));
            else
                step.Layer!.Panels(new PanelCall(Vectors, source, ValueWidths[step.Source], destination, width, y, samples, scratch));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Look(byte[] table, byte* x, byte* y, long count)
    {
        for (long i = 0; i < count; i++)
            y[i] = table[x[i]];
    }

    // Operations compute one sample at a time.
    private int SizeOf(int samples) =>
        hasOperations || samples < FewestOfPanel ? 0 : BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Min(samples, MaximumBatch)));
}
