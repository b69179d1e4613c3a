using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>The ranges of all values of a model on samples: what its bytes have to cover.</summary>
internal sealed class Calibration
{
    private const int BatchSize = 256;

    private readonly RangeObserver input = new();
    private readonly RangeObserver[] outputs;
    private readonly RangeObserver[] sums;

    private Calibration(int layers) =>
        (outputs, sums) = ([.. Enumerable.Range(0, layers).Select(_ => new RangeObserver())], [.. Enumerable.Range(0, layers).Select(_ => new RangeObserver())]);

    /// <summary>Passes samples through a model.</summary>
    /// <param name="model">The model, which the caller reads.</param>
    /// <param name="samples">Samples as its first layer reads them, row by row.</param>
    /// <param name="percentile">The part of the numbers that a range covers, in per cent.</param>
    /// <exception cref="QuantizationException">A value is not finite.</exception>
    public static Calibration Of(Model model, float[] samples, double percentile)
    {
        var calibration = new Calibration(model.Layers.Count);
        calibration.Pass(model, samples, (observer, numbers) => observer.Observe(numbers));
        for (int l = 0; l < calibration.outputs.Length; l++)
        {
            if (!calibration.outputs[l].IsFinite)
                throw new QuantizationException(model.Plan.Name, $"outputs of {model.Layers[l].Name} are not finite for some samples to calibrate with; train it again with a lower learning rate.");
        }

        if (percentile < 100)
            calibration.Pass(model, samples, (observer, numbers) => observer.Count(numbers));
        return calibration;
    }

    /// <summary>The scale of the samples.</summary>
    public ValueScale Input(double percentile) => ScaleOf(input, percentile);

    /// <summary>The scale of the outputs of a layer.</summary>
    public ValueScale Output(int layer, double percentile) => ScaleOf(outputs[layer], percentile);

    /// <summary>The scale of the sums of a layer, before its activation.</summary>
    public ValueScale Sums(int layer, double percentile) => ScaleOf(sums[layer], percentile);

    private static ValueScale ScaleOf(RangeObserver observer, double percentile)
    {
        (double smallest, double largest) = observer.RangeOf(percentile);
        return ValueScale.Of(smallest, largest);
    }

    private void Pass(Model model, float[] samples, Action<RangeObserver, float[]> observe)
    {
        int width = model.Plan.InputCount, count = samples.Length / width;
        using Activations inputs = model.Device.AllocateActivations(width, Math.Min(count, BatchSize));
        using var buffers = new PassBuffers(model, inputs, training: false);
        observe(input, samples);
        for (int start = 0; start < count; start += BatchSize)
        {
            int batch = Math.Min(BatchSize, count - start);
            float[] rows = samples[(start * width)..((start + batch) * width)];
            inputs.Write(rows, batch);
            model.Forward(buffers, Fpe.Pass.Predicting(batch));
            for (int l = 0; l < outputs.Length; l++)
            {
                float[] own = Read(buffers[l].Output, batch);
                observe(outputs[l], own);
                if (model.Layers[l] is Linear { Plan.Activation: var activation } linear && IntegerOutputs.NeedsTable(activation))
                    observe(sums[l], SumsOf(linear, Read(buffers.InputsOf(l)[0], batch), batch));
            }
        }
    }

    private static float[] Read(Activations activations, int batch)
    {
        var numbers = new float[activations.Features * batch];
        activations.Read(numbers, batch);
        return numbers;
    }

    private static float[] SumsOf(Linear layer, float[] inputs, int batch)
    {
        double[] weights = layer.ReadWeights(), biases = layer.ReadBiases();
        EdgeLayout layout = layer.Edges;
        var sums = new float[batch * layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int s = 0; s < batch; s++)
                {
                    double sum = biases[row];
                    for (int c = 0; c < block.Columns.Length; c++)
                        sum += weights[slot + c] * inputs[(s * layout.InputCount) + block.Columns[c]];
                    sums[(s * layout.OutputCount) + row] = (float)sum;
                }

                slot += block.Columns.Length;
            }
        }

        return sums;
    }
}
