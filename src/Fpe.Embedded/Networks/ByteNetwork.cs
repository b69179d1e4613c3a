using Fpe.Compute;
using Fpe.Embedded.Edges;
using Fpe.Embedded.Source;
using Fpe.Quantization;

namespace Fpe.Embedded.Networks;

/// <summary>A quantised network as a network in bytes.</summary>
internal static class ByteNetwork
{
    private const int WeightBytes = sizeof(sbyte);

    /// <summary>Reads a network.</summary>
    /// <param name="network">The network, whose layers <see cref="Counting.ByteCounts.WhyNot"/> accepts.</param>
    /// <exception cref="CExportException">Two layers would have the same name in C.</exception>
    public static CNetwork Of(QuantizedNetwork network)
    {
        IReadOnlyList<LayerPlan> plans = network.Plan.Layers;
        ClassRule? classes = ClassesOf(network);
        IReadOnlyList<string> names = CIdentifiers.OfLayers(network.Plan.Name, [.. plans.Select(plan => plan.Name)]);
        var fusion = LayerFusion.Of(network.Plan);
        var steps = new List<CStep>();
        for (int l = 0; l < plans.Count; l++)
        {
            if (fusion.IsFused(l))
                continue; // part of the layer before
            QuantizedStep? next = steps.Count < network.Steps.Length ? network.Steps[steps.Count] : null;
            switch (plans[l])
            {
                case LinearPlan linear:
                    steps.Add(Product(linear, fusion.TailOf(l).Activation, names[l], next!.Layer!, classes is ClassRule.LargestSum));
                    break;
                case ActivationPlan activation:
                    steps.Add(new TableStep(activation.Name, names[l], network.ValueWidths[next!.Destination], $"{activation.Function}", next.Table!));
                    break;
                case DropoutPlan or FlattenPlan:
                    break; // nothing that a prediction computes
                default:
                    throw new InvalidOperationException($"{plans[l].Name} is {plans[l].GetType().Name}.");
            }
        }

        return new CNetwork(network.Plan, network.Meaning, NumberFormat.Int8, steps, network.Input, classes);
    }

    /// <summary>Classes follow from sums, unless an activation comes after them.</summary>
    private static ClassRule? ClassesOf(QuantizedNetwork network)
    {
        NumberOutput last = network.Layers[^1].Numbers!;
        ClassRule? ofSums = last.Activation == ActivationFunction.Identity ? ClassRule.OfSums(network.Plan, network.Meaning, last.Scales[0]) : null;
        return ofSums ?? ClassRule.OfOutputs(network.Plan, network.Meaning);
    }

    private static ProductStep Product(LinearPlan plan, ElementFunction activation, string name, QuantizedLinear layer, bool comparesSums)
    {
        IntegerTiles tiles = layer.Tiles;
        EdgeLayout layout = tiles.Layout;
        var rows = new EdgeRows(layout, layout.OutputCount / plan.Neurons, Math.Min(plan.Expansion.Share, plan.Neurons));
        EdgeForm edges = EdgeForms.Smallest(rows, WeightBytes);
        if (layer.Numbers is { } numbers)
        {
            float[] scales = ByRow(tiles, numbers.Scales);
            int[]? comparison = comparesSums ? Comparable(scales) : null;
            return new SumProduct(plan.Name, name, edges, layout.InputCount, tiles.Slots, ByRow(tiles, numbers.Biases), scales, comparison, numbers.Activation);
        }

        IntegerOutput bytes = layer.Bytes!;
        var finish = new ByteRows(ByRow(tiles, bytes.Biases), ByRow(tiles, bytes.Factors.Multipliers), bytes.Factors.Shift, bytes.ZeroPoint, bytes.Table);
        return new ByteProduct(plan.Name, name, edges, layout.InputCount, tiles.Slots, finish, activation);
    }

    /// <summary>Integers in the same proportions, as large as fit: more exact than the scales, whose sums they compare.</summary>
    private static int[] Comparable(float[] scales)
    {
        int exponent = 0;
        double largest = scales.Max();
        while (largest > 0 && Math.Round(Math.ScaleB(largest, exponent + 1)) <= int.MaxValue)
            exponent++;
        while (Math.Round(Math.ScaleB(largest, exponent)) > int.MaxValue)
            exponent--;
        return [.. scales.Select(scale => (int)Math.Round(Math.ScaleB(scale, exponent)))];
    }

    private static T[] ByRow<T>(IntegerTiles tiles, T[] lanes)
    {
        var rows = new T[tiles.Layout.OutputCount];
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            if (tiles.RowOfLane[lane] is >= 0 and var row)
                rows[row] = lanes[lane];
        }

        return rows;
    }
}
