using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Quantization;

/// <summary>A model with the numbers that those of a quantised network stand for. A normalisation that is part of the weights does nothing.</summary>
internal static class RestoredModel
{
    /// <summary>Creates the model.</summary>
    public static PlannedModel Of(QuantizedNumbers numbers)
    {
        var model = new PlannedModel(numbers.Plan, numbers.Seed);
        try
        {
            LayerScales scales = LayerScales.Of(numbers);
            var edges = new List<ExpandedLayer>();
            var others = new List<LoadedValues>();
            for (int l = 0; l < numbers.Plan.Layers.Count; l++)
            {
                LayerNumbers? layer = numbers.Layers.GetValueOrDefault(l);
                if (layer is EdgeNumbers own)
                {
                    ExpandedLayer restored = Restore(own, scales.Of(numbers.Plan.SourcesOf(l)[0]));
                    if (numbers.Plan.HasEdges(l))
                        edges.Add(restored);
                    else
                        others.AddRange([Values(l, 0, restored.Weights), Values(l, 1, restored.Biases)]);
                }
                else
                {
                    others.AddRange(Restore(numbers, l, layer));
                }
            }

            new LoadedModel(numbers.IsExpanded, edges, [], others, numbers.Meaning).ApplyTo(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ExpandedLayer Restore(EdgeNumbers numbers, ValueScale input)
    {
        EdgeLayout layout = numbers.Layout;
        var weights = new double[layout.SlotCount];
        var biases = new double[layout.OutputCount];
        int[] sums = BiasesOf(numbers, input);
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int c = 0; c < block.Columns.Length; c++, slot++)
                    weights[slot] = (double)numbers.Weights[slot] * numbers.RowScales[row];
                biases[row] = sums[row] * (double)numbers.RowScales[row] * input.Scale;
            }
        }

        return new ExpandedLayer(layout, weights, biases);
    }

    /// <summary>Returns the biases of rows in units of their sums, if the byte of 0 is subtracted from every input.</summary>
    public static int[] BiasesOf(EdgeNumbers numbers, ValueScale input)
    {
        EdgeLayout layout = numbers.Layout;
        int[] biases = [.. numbers.Biases];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int c = 0; c < block.Columns.Length; c++)
                    biases[row] += input.ZeroPoint * numbers.Weights[slot++];
            }
        }

        return biases;
    }

    private static LoadedValues[] Restore(QuantizedNumbers numbers, int l, LayerNumbers? layer) => (layer, numbers.Plan.Layers[l]) switch
    {
        (UnitNumbers units, BatchNormPlan norm) => Norm(l, units.Scales, units.Shifts, norm),
        (UnitNumbers units, _) => [Values(l, 0, Doubles(units.Scales)), Values(l, 1, Doubles(units.Shifts))],
        (TableNumbers { Positions: { } positions } table, _) => [Rows(l, 0, table.Rows, table.RowScale), Rows(l, 1, positions, table.PositionScale)],
        (TableNumbers table, _) => [Rows(l, 0, table.Rows, table.RowScale)],
        (null or CurveNumbers or RangeNumbers, _) => [],
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "Unknown numbers of a layer."),
    };

    /// <summary>Statistics of mean 0 and variance 1 leave factor and summand.</summary>
    private static LoadedValues[] Norm(int l, float[] scales, float[] shifts, BatchNormPlan plan) =>
    [
        Values(l, 0, Doubles(scales)), Values(l, 1, Doubles(shifts)), Values(l, 2, new double[scales.Length]),
        Values(l, 3, [.. Enumerable.Repeat(1 - plan.Epsilon, scales.Length)]),
    ];

    private static LoadedValues Rows(int l, int index, byte[] rows, ValueScale scale) =>
        Values(l, index, [.. rows.Select(row => (double)scale.Restore(row))]);

    private static LoadedValues Values(int l, int index, double[] values) => new(l, index, IsWeight: false, values);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
