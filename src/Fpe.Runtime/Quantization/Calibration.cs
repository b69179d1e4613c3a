using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>The ranges of all values of a model on samples: what its bytes have to cover.</summary>
internal sealed class Calibration
{
    private const int BatchSize = 256;

    private readonly LayerFusion fusion;
    private readonly SamplePart[] numbers;
    private readonly RangeObserver input = new();
    private readonly RangeObserver[] outputs;
    private readonly RangeObserver[] sums;

    private Calibration(ModelPlan plan)
    {
        fusion = LayerFusion.Of(plan);
        numbers = [.. plan.SampleParts.Where(part => part.Vocabulary == 0)];
        outputs = [.. plan.Layers.Select(_ => new RangeObserver())];
        sums = [.. plan.Layers.Select(_ => new RangeObserver())];
    }

    /// <summary>Passes samples through a model.</summary>
    /// <param name="model">The model, which the caller reads.</param>
    /// <param name="samples">Samples as its first layer reads them, row by row.</param>
    /// <param name="percentile">The part of the numbers that a range covers, in per cent.</param>
    /// <exception cref="QuantizationException">A value is not finite.</exception>
    public static Calibration Of(Model model, float[] samples, double percentile)
    {
        var calibration = new Calibration(model.Plan);
        calibration.Pass(model, samples, (observer, numbers) => observer.Observe(numbers));
        for (int l = 0; l < calibration.outputs.Length; l++)
        {
            if (!calibration.outputs[l].IsFinite)
                throw new QuantizationException(model.Plan.Name, $"outputs of {model.Layers[l].Name} are not finite for some samples to calibrate with; train it again with a lower learning rate.");
            if (calibration.HasSums(model, l) && !calibration.sums[l].IsFinite)
                throw new QuantizationException(model.Plan.Name, $"sums of {model.Layers[l].Name} before its activation are not finite for some samples to calibrate with; train it again with a lower learning rate.");
        }

        if (percentile < 100)
            calibration.Pass(model, samples, (observer, numbers) => observer.Count(numbers));
        return calibration;
    }

    /// <summary>The scale of the numbers of samples; tokens need none.</summary>
    public ValueScale Input(double percentile) => numbers.Length == 0 ? ValueScale.Of(0, 0) : ScaleOf(input, percentile);

    /// <summary>The scale of the outputs of a layer.</summary>
    public ValueScale Output(int layer, double percentile) => ScaleOf(outputs[layer], percentile);

    /// <summary>The scale of what the activation after a layer with edges reads.</summary>
    public ValueScale Sums(int layer, double percentile) => ScaleOf(sums[layer], percentile);

    private static ValueScale ScaleOf(RangeObserver observer, double percentile)
    {
        (double smallest, double largest) = observer.RangeOf(percentile);
        return ValueScale.Of(smallest, largest);
    }

    private void Pass(Model model, float[] samples, Action<RangeObserver, ReadOnlySpan<float>> observe)
    {
        int width = model.Plan.InputCount, count = samples.Length / width;
        using Activations inputs = model.Device.AllocateActivations(width, Math.Min(count, BatchSize));
        using var buffers = new PassBuffers(model, inputs, training: false);
        for (int s = 0; s < count; s++)
        {
            foreach (SamplePart part in numbers)
                observe(input, samples.AsSpan((s * width) + part.First, part.Count));
        }

        for (int start = 0; start < count; start += BatchSize)
        {
            int batch = Math.Min(BatchSize, count - start);
            float[] rows = samples[(start * width)..((start + batch) * width)];
            inputs.Write(rows, batch);
            model.Forward(buffers, Fpe.Pass.Predicting(batch));
            for (int l = 0; l < outputs.Length; l++)
            {
                observe(outputs[l], Read(buffers[l].Output, batch));
                if (HasSums(model, l))
                    observe(sums[l], SumsOf(model, l, (EdgeLayer)model.Layers[l], buffers, batch));
            }
        }
    }

    /// <summary>Whether bytes stand for the sums of a layer, which its activation reads.</summary>
    private bool HasSums(Model model, int l) => model.Layers[l] is EdgeLayer && fusion.TailOf(l).HasTable;

    /// <summary>Returns what the activation reads: the outputs of the normalisation, or the weighted sums of the layer.</summary>
    private float[] SumsOf(Model model, int l, EdgeLayer layer, PassBuffers buffers, int batch)
    {
        if (fusion.TailOf(l).Norm is { } norm)
            return Read(buffers[norm].Output, batch);
        using Activations own = model.Device.AllocateActivations(layer.OutputCount, batch);
        layer.ComputeSums(buffers.InputsOf(l)[0], buffers[l], own, batch);
        return Read(own, batch);
    }

    private static float[] Read(Activations activations, int batch)
    {
        var numbers = new float[activations.Features * batch];
        activations.Read(numbers, batch);
        return numbers;
    }
}
