using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Expansion;
using static System.FormattableString;

namespace Fpe.Counting;

/// <summary>
/// The bytes of a model in generated C, from its plan alone: tables in flash, and scratch memory. Exact where the structure is known, and a
/// bound where training decides which edges exist. Like the counting rules, this file is compiled into both the generator and the runtime.
/// </summary>
/// <remarks>
/// Not counted: code, which depends on the compiler; and what only a trained model has, the names of its classes and the standardisation of
/// its samples and targets.
/// </remarks>
internal sealed class ByteCounts
{
    private const int WordBytes = 4;

    private readonly ModelGraph graph;
    private readonly IReadOnlyList<LayerPlan> layers;
    private readonly WeightCounts counts;
    private readonly NumberFormat format;
    private readonly int inputs;

    // Edges of the layers whose share of the budget is not known, and the bytes of one.
    private long sharedEdges;
    private readonly int weightBytes;

    private ByteCounts(ModelGraph graph, IReadOnlyList<LayerPlan> layers, int inputs, WeightCounts counts, NumberFormat format)
    {
        (this.graph, this.layers, this.inputs, this.counts, this.format) = (graph, layers, inputs, counts, format);
        var tables = new List<LayerBytes>();
        weightBytes = format == NumberFormat.Int8 ? 1 : WordBytes;
        sharedEdges = counts.ExpandedLinearWeights;
        for (int l = 0, weighted = 0; l < layers.Count; l++)
        {
            switch (layers[l])
            {
                case LinearPlan linear:
                    Add(tables, linear, l, weighted++);
                    break;
                case ActivationPlan activation when format == NumberFormat.Int8:
                    AddTable(tables, activation, l);
                    break;
                case BatchNormPlan when !IsFolded(layers, l, format):
                    long factors = 2 * WordBytes * (long)graph.ExpandedWidth(l);
                    tables.Add(new LayerBytes(layers[l].Name, factors, isExact: true));
                    TablesBytes = checked(TablesBytes + factors);
                    break;
                case ActivationPlan or BatchNormPlan or DropoutPlan or FlattenPlan:
                    break; // the layer has no tables
                default:
                    throw new InvalidOperationException($"{layers[l].Name} is {layers[l].GetType().Name}.");
            }
        }

        TablesBytes = checked(TablesBytes + (sharedEdges * weightBytes));
        Layers = tables;
        ScratchBytes = ScratchOf(Values(), graph.ExpandedWidth(layers.Count - 1), format);
    }

    /// <summary>The bytes of the table of a function of one byte.</summary>
    public const int TableBytes = byte.MaxValue + 1;

    /// <summary>The layers with tables, in order. Pruned layers share a budget, so their bounds can add up to more than <see cref="TablesBytes"/>.</summary>
    public IReadOnlyList<LayerBytes> Layers { get; }

    /// <summary>The bytes of all tables, or the most that they can take.</summary>
    public long TablesBytes { get; private set; }

    /// <summary>
    /// Whether the tables take exactly <see cref="TablesBytes"/>. Only a trained model has a task: in bytes, one that compares no classes, such
    /// as regression, takes a word less for each output.
    /// </summary>
    public bool IsExact => Layers.All(layer => layer.IsExact);

    /// <summary>The bytes of scratch memory that a prediction needs besides its sample and its outputs; always exact.</summary>
    public long ScratchBytes { get; }

    /// <summary>Counts the bytes of an expanded model, or of one that has nothing to expand.</summary>
    /// <param name="graph">The values of the model.</param>
    /// <param name="layers">Its layers, which <see cref="WhyNot"/> accepts.</param>
    /// <param name="inputs">The number of values of a sample.</param>
    /// <param name="counts">Its counts.</param>
    /// <param name="format">The numbers of the network.</param>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    public static ByteCounts Of(ModelGraph graph, IReadOnlyList<LayerPlan> layers, int inputs, WeightCounts counts, NumberFormat format) =>
        new(graph, layers, inputs, counts, format);

    /// <summary>Returns why a network cannot be written as C: the layer in the way, and what can be written; null if nothing is.</summary>
    /// <param name="graph">The values of the model.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="format">The numbers of the network.</param>
    public static (LayerPlan Layer, string Problem)? WhyNot(ModelGraph graph, IReadOnlyList<LayerPlan> layers, NumberFormat format)
    {
        for (int l = 0; l < layers.Count; l++)
        {
            string kind = layers[l].GetType().Name.Replace("Plan", string.Empty);
            if (graph.Sources[l].Count != 1 || graph.Sources[l][0] != l - 1)
                return (layers[l], "the layer does not read the layer before it alone, but generated C is a chain of layers");
            bool isWritten = layers[l] is LinearPlan { Places: 1 } or ActivationPlan or FlattenPlan or DropoutPlan
                || (layers[l] is BatchNormPlan && (format == NumberFormat.Float || IsFolded(layers, l, format)));
            if (!isWritten)
                return (layers[l], Invariant($"a layer of the kind {kind} cannot be written as C of {Text(format)}; Linear, activations, Flatten, Dropout and {(format == NumberFormat.Float ? "BatchNorm" : "BatchNorm after Linear")} can"));
        }

        LayerPlan last = layers[layers.Count - 1];
        return format == NumberFormat.Int8 && last is not LinearPlan
            ? (last, "the last layer of a network of 8 bits has to be Linear")
            : null;
    }

    /// <summary>
    /// Returns the scratch memory of a network: values are written to its two ends in turn, so that two of them fit at a time. The sums of
    /// the last layer of a network of bytes are there, too; floating-point outputs are the caller's memory.
    /// </summary>
    /// <param name="values">The number of numbers of each value between the sample and the last layer with weights, in order.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="format">The numbers.</param>
    public static long ScratchOf(IReadOnlyList<long> values, long outputs, NumberFormat format)
    {
        long[] bytes = [.. values.Select(width => format == NumberFormat.Int8 ? width : width * WordBytes), format == NumberFormat.Int8 ? outputs * WordBytes : 0];
        long most = bytes[0];
        for (int v = 1; v < bytes.Length; v++)
            most = Math.Max(most, bytes[v - 1] + bytes[v]);
        // An array of C has at least one element.
        return Math.Max(WordBytes, EdgeTables.Padded(most));
    }

    /// <summary>
    /// Returns whether a normalisation becomes part of the layer before it, which has no activation of its own. In bytes only dropout may
    /// stand between, since quantisation folds no more.
    /// </summary>
    public static bool IsFolded(IReadOnlyList<LayerPlan> layers, int norm, NumberFormat format)
    {
        int before = norm - 1;
        while (before >= 0 && (layers[before] is DropoutPlan || (layers[before] is FlattenPlan && format == NumberFormat.Float)))
            before--;
        return before >= 0 && layers[before] is LinearPlan { Activation.Kind: ActivationFunction.Identity };
    }

    private static bool NeedsTable(ElementFunction function) => function.Kind is not (ActivationFunction.Identity or ActivationFunction.Relu);

    private static string Text(NumberFormat format) => format == NumberFormat.Int8 ? "8 bits" : "floating-point numbers";

    private void Add(List<LayerBytes> tables, LinearPlan layer, int position, int weighted)
    {
        EdgeTables edges = TablesOf(layer, position, weighted);
        long beside = BytesBesideEdges(layer, edges.Rows, isLast: position == layers.Count - 1);
        (long fewest, long most) = EdgesOf(weighted);
        EdgeCode[] codes = [.. EdgeTables.Codes.Where(edges.Allows)];
        if (fewest == most)
        {
            long bytes = codes.Min(code => edges.Most(code, most));
            tables.Add(new LayerBytes(layer.Name, checked(bytes + beside), isExact: bytes == codes.Min(code => edges.Least(code, most))));
            TablesBytes = checked(TablesBytes + bytes + beside);
            sharedEdges -= most;
            return;
        }

        long index = codes.Min(code => edges.MostBesideEdges(code, fewest, most));
        tables.Add(new LayerBytes(layer.Name, checked((most * weightBytes) + index + beside), isExact: false));
        TablesBytes = checked(TablesBytes + index + beside);
    }

    /// <summary>Adds the table of a function: to the layer with weights that it follows, with which it is computed, or as one of its own.</summary>
    private void AddTable(List<LayerBytes> tables, ActivationPlan activation, int position)
    {
        int before = position - 1;
        while (before >= 0 && (layers[before] is DropoutPlan || (layers[before] is BatchNormPlan && IsFolded(layers, before, format))))
            before--;
        bool isPart = before >= 0 && layers[before] is LinearPlan { Activation.Kind: ActivationFunction.Identity };
        if (!isPart)
        {
            tables.Add(new LayerBytes(activation.Name, TableBytes, isExact: true));
        }
        else if (NeedsTable(activation.Function))
        {
            LayerBytes layer = tables[tables.Count - 1];
            tables[tables.Count - 1] = new LayerBytes(layer.Name, layer.Tables + TableBytes, layer.IsExact);
        }
        else
        {
            return; // what cuts off at 0 alone needs no table
        }

        TablesBytes += TableBytes;
    }

    /// <summary>The bytes of biases, factors and tables of functions.</summary>
    private long BytesBesideEdges(LinearPlan layer, long rows, bool isLast)
    {
        checked
        {
            long words = rows * WordBytes;
            if (format == NumberFormat.Float)
                return words;
            // Of the last layer: the number that a sum of 1 stands for, and the same as an integer, to compare the sums of several classes.
            if (isLast)
                return words + words + (rows > 1 && layer.Activation.Kind == ActivationFunction.Identity ? words : 0);
            return words + words + (NeedsTable(layer.Activation) ? TableBytes : 0);
        }
    }

    private EdgeTables TablesOf(LinearPlan layer, int position, int weighted)
    {
        long rows = graph.ExpandedWidth(position), columns = position == 0 ? inputs : graph.ExpandedWidth(position - 1);
        ExpansionPlan expansion = layer.Expansion;
        var tables = new EdgeTables(weightBytes, rows, columns);
        long read = WeightCounts.CopiesOfInputs(graph.Sizes, weighted), slots = read * layer.NeuronCount;
        // Neurons have no blocks of their own if all read all columns.
        if ((expansion.Factor == 1 && read == columns) || expansion.LearnsEdges)
            return tables;
        int share = Math.Min(expansion.Share, layer.NeuronCount);
        // Siblings are found by arithmetic, which needs groups of equal size.
        if (layer.NeuronCount % share == 0)
            tables = tables with { Children = expansion.Factor };
        (long fewest, _) = EdgesOf(weighted);
        long groups = ((layer.NeuronCount - 1) / share) + 1;
        // Pruning breaks up blocks of which it leaves less than half.
        return share > 1 && fewest >= slots - fewest
            ? tables with { Blocks = groups * expansion.Factor, BlockColumns = groups * read, BlockSlots = slots }
            : tables;
    }

    /// <summary>The fewest and the most edges that pruning can leave a layer.</summary>
    private (long Fewest, long Most) EdgesOf(int weighted)
    {
        LayerWeights layer = counts.Layers[weighted];
        if (counts.Pruned == 0)
            return (layer.BeforePruning, layer.BeforePruning);
        long most = Math.Min(layer.Ceiling, counts.ExpandedLinearWeights - (counts.LinearFloor - layer.Floor));
        long fewest = Math.Max(layer.Floor, counts.ExpandedLinearWeights - (counts.LinearCeiling - layer.Ceiling));
        return (fewest, most);
    }

    /// <summary>The widths of the values between the sample and the outputs.</summary>
    private List<long> Values()
    {
        var widths = new List<long>();
        int last = layers.Count - 1;
        while (last > 0 && layers[last] is not LinearPlan)
            last--;
        bool isSample = true;
        for (int l = 0; l < last; l++)
        {
            // Layers that work value by value overwrite what they read, unless it is the caller's sample.
            bool writes = layers[l] is LinearPlan || (isSample && layers[l] is ActivationPlan or BatchNormPlan);
            if (!writes)
                continue;
            widths.Add(graph.ExpandedWidth(l));
            isSample = false;
        }

        return widths;
    }
}
