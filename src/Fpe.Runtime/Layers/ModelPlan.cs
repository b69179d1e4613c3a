using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Manifests;
using Fpe.Sparsity;
using static System.FormattableString;

namespace Fpe;

/// <summary>A model as it was declared: its layers in order, the values that each reads, and the counts that the compiler proved.</summary>
/// <remarks>A layer reads the preceding layer unless it names others. The values of the last layer are the model's outputs.</remarks>
public sealed class ModelPlan
{
    /// <summary>Stands for the sample in the list of values that a layer reads.</summary>
    public const string Sample = LayerPlan.Sample;

    private readonly ModelGraph graph;
    private readonly WeightCounts counts;

    /// <summary>Creates a plan whose sizes are known only at run time; the counts follow from the layers.</summary>
    /// <param name="name">Name of the model, for messages.</param>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="layers">The layers, from input to output; at least one.</param>
    /// <param name="countBiases">Whether the budget counts weights and biases instead of weights only.</param>
    /// <param name="budget">
    /// Final number of non-zero weights, and of biases if they are counted, of a model that learns its edges; null for the number of the
    /// dense parent.
    /// </param>
    /// <exception cref="PlanException">
    /// There are no layers, a layer reads a value that does not exist or a number of values that differs from its own, two layers have the
    /// same name, a layer is never read, an expansion is not possible, a layer is too large, some layers learn their edges while others are
    /// split, or the budget cannot be met: the model has fewer weights, or a layer would keep too few.
    /// </exception>
    public ModelPlan(string name, int inputs, IReadOnlyList<LayerPlan> layers, bool countBiases = false, long? budget = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Name = string.IsNullOrWhiteSpace(name) ? throw new PlanException("a model", "its name is empty; give it one.") : name;
        InputCount = PlanException.RequirePositive(name, "the number of inputs", inputs);
        CountBiases = countBiases;
        Layers = [.. layers];
        CheckNames();
        graph = ModelGraph.Of(Name, InputCount, Layers);
        CheckExpansions();
        CheckSizes();
        counts = WeightCounts.Of(graph.Sizes, countBiases, budget, graph.UnitParameters);
        if (budget is not null && !counts.LearnsEdges)
            throw new PlanException(Name, "a budget is the final size of a model that learns its edges, but no layer has Split.Learned; remove the budget.");
        if (ExpansionRules.BudgetProblem(counts, counts.ExpandedLinearWeights) is { } problem)
            throw new PlanException(Name, problem);
    }

    /// <summary>Creates a plan; generated code passes the counts that it also declares as constants.</summary>
    /// <param name="name">Name of the model class.</param>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="countBiases">Whether the budget counts weights and biases instead of weights only.</param>
    /// <param name="denseWeights">Weights of the dense parent.</param>
    /// <param name="weightsBeforePruning">Weights after expansion, before pruning.</param>
    /// <param name="expandedWeights">Non-zero weights of the expanded model.</param>
    /// <param name="layers">The layers, from input to output.</param>
    /// <param name="budget">Final size of a model that learns its edges; null for the size of the dense parent.</param>
    /// <exception cref="WeightCountException">A count differs from the result of the counting rules for the layers.</exception>
    public ModelPlan(
        string name, int inputs, bool countBiases,
        long denseWeights, long weightsBeforePruning, long expandedWeights,
        IReadOnlyList<LayerPlan> layers, long? budget = null)
        : this(name, inputs, layers, countBiases, budget)
    {
        Require("weights of the dense parent", denseWeights, counts.Dense);
        Require("weights before pruning", weightsBeforePruning, counts.BeforePruning);
        Require("weights of the expanded model", expandedWeights, counts.Expanded);
    }

    /// <summary>Name of the model class.</summary>
    public string Name { get; }

    /// <summary>Features of one sample.</summary>
    public int InputCount { get; }

    /// <summary>Outputs per sample.</summary>
    public int OutputCount => Layers[^1].Outputs;

    /// <summary>Whether the budget counts weights and biases instead of weights only.</summary>
    public bool CountBiases { get; }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<LayerPlan> Layers { get; }

    /// <summary>The fully connected layers, from input to output.</summary>
    public IEnumerable<LinearPlan> Linears => Layers.OfType<LinearPlan>();

    /// <summary>The layers whose edges expansion and pruning may change: fully connected ones, and convolutions that are expanded or read children.</summary>
    public IEnumerable<EdgeLayerPlan> EdgeLayers => graph.EdgeLayers.Select(layer => (EdgeLayerPlan)Layers[layer]);

    /// <summary>Whether any layer is expanded.</summary>
    public bool IsExpanded => EdgeLayers.Any(layer => layer.Expansion.IsExpanded);

    /// <summary>Whether the expanded layers learn their edges in training (<see cref="Split.Learned"/>).</summary>
    public bool LearnsEdges => counts.LearnsEdges;

    /// <summary>Weights of the dense parent.</summary>
    public long DenseWeights => counts.Dense;

    /// <summary>Weights after expansion, before pruning; if edges are learned, the largest number that the model ever has.</summary>
    public long WeightsBeforePruning => counts.BeforePruning;

    /// <summary>Non-zero weights of the expanded model.</summary>
    public long ExpandedWeights => counts.Expanded;

    /// <summary>Weights that pruning removes, during expansion or training.</summary>
    public long PrunedWeights => counts.Pruned;

    /// <summary>Biases of the dense parent.</summary>
    public long DenseBiases => counts.DenseBiases;

    /// <summary>Biases of the expanded model.</summary>
    public long ExpandedBiases => counts.ExpandedBiases;

    /// <summary>Values in tables of tokens, which are neither weights nor biases and which no budget counts.</summary>
    public long TableWeights => Layers.SelectMany(layer => layer.Parameters).Where(parameter => parameter.Role == ParameterRole.Table).Sum(parameter => parameter.Count);

    /// <summary>What the values of a sample are: numbers, or tokens of a vocabulary.</summary>
    internal IReadOnlyList<SamplePart> SampleParts => field ??= SamplePart.Of(this);

    /// <summary>Largest number of values per sample: of the model's inputs, or of the outputs of a layer after expansion.</summary>
    internal int MaximumWidth => Math.Max(InputCount, Enumerable.Range(0, Layers.Count).Max(graph.ExpandedWidth));

    /// <summary>Samples of the largest batch whose values fit into one array for every layer.</summary>
    internal int MaximumBatch => Array.MaxLength / MaximumWidth;

    /// <summary>Counts of each layer with weights, from input to output.</summary>
    internal IReadOnlyList<LayerWeights> LayerCounts => counts.Layers;

    /// <summary>Non-zero weights of <see cref="EdgeLayers"/> in the expanded model.</summary>
    internal long ExpandedLinearWeights => counts.ExpandedLinearWeights;

    /// <summary>Where the inputs of each of <see cref="EdgeLayers"/> come from; positions of layers count only these.</summary>
    internal IReadOnlyList<IReadOnlyList<InputPart>> EdgeParts => graph.EdgeParts;

    /// <summary>For each of <see cref="EdgeLayers"/>, the first one to whose neurons its own are added; itself if there is none.</summary>
    internal IReadOnlyList<int> EdgeSums => graph.EdgeSums;

    /// <summary>
    /// Whether all neurons of one of <see cref="EdgeLayers"/> are read, whatever pruning does: they are outputs of the model, or a layer without
    /// edges of its own reads them.
    /// </summary>
    internal bool IsReadWhole(int edgeLayer)
    {
        int layer = graph.EdgeLayers[edgeLayer];
        return graph.IsOutput(layer) || graph.ReadersOfChildren(layer).Any(reader => !HasEdges(reader));
    }

    /// <summary>Whether expansion and pruning may change the edges of a layer.</summary>
    internal bool HasEdges(int layer) => graph.EdgeLayers.Contains(layer);

    /// <summary>Whether the neurons of a layer are outputs of the model.</summary>
    /// <param name="layer">Position of the layer, from 0.</param>
    public bool IsOutput(int layer) => graph.IsOutput(layer);

    /// <summary>Number of output units of a layer in the expanded model.</summary>
    internal int ExpandedUnitsOf(int layer) => graph.ExpandedWidth(layer) / Layers[layer].OutputPlaces;

    /// <summary>Returns the positions of the layers whose values a layer reads; −1 for the sample.</summary>
    /// <param name="layer">Position of the layer, from 0.</param>
    public IReadOnlyList<int> SourcesOf(int layer) => graph.Sources[layer];

    /// <summary>The dense network with other widths: no layer is expanded, and whatever reads a hidden layer follows its width.</summary>
    /// <param name="neuronsOf">Returns the neurons that a hidden <see cref="LinearPlan"/> has in the result; at least 1.</param>
    /// <exception cref="PlanException">A layer would be too large.</exception>
    /// <exception cref="InvalidOperationException">A plan of another assembly forgets its kind when it gets other widths.</exception>
    public ModelPlan WithHiddenWidths(Func<LinearPlan, int> neuronsOf)
    {
        ArgumentNullException.ThrowIfNull(neuronsOf);
        var layers = new List<LayerPlan>(Layers.Count);
        for (int l = 0; l < Layers.Count; l++)
        {
            int[] widths = [.. SourcesOf(l).Select(source => source < 0 ? InputCount : layers[source].Outputs)];
            LayerPlan layer = Layers[l] is LinearPlan linear
                ? linear.WithWidths(widths[0], IsOutput(l) ? linear.Neurons : neuronsOf(linear))
                : Layers[l].WithInputs(widths);
            if (layer.GetType() != Layers[l].GetType())
                throw new InvalidOperationException($"{Name}.{layer.Name} is a {Layers[l].GetType().Name}, but with other widths a {layer.GetType().Name}; override WithWidths.");
            layers.Add(layer.DenseParent);
        }

        return new ModelPlan(Name, InputCount, layers, CountBiases);
    }

    /// <summary>Describes a trained model for the compiler.</summary>
    /// <param name="isExpanded">Whether it is expanded.</param>
    /// <param name="format">The numbers of its file.</param>
    /// <param name="checksum">The checksum of its file.</param>
    internal ModelManifest ToManifest(bool isExpanded, NumberFormat format, string checksum) =>
        ModelManifest.Of(Name, InputCount, graph, Layers, counts, isExpanded, format, checksum);

    /// <summary>Returns the bytes of the tables of the expanded model in generated C, or the most that they can take where training decides which edges exist; null if C cannot hold a layer.</summary>
    /// <param name="format">The numbers of the network.</param>
    public long? TableBytesInC(NumberFormat format) => WhyNotC(format) is null ? BytesInC(format).TablesBytes : null;

    /// <summary>Returns the bytes of scratch memory of a prediction in generated C; null if C cannot hold a layer.</summary>
    /// <param name="format">The numbers of the network.</param>
    public long? ScratchBytesInC(NumberFormat format) => WhyNotC(format) is null ? BytesInC(format).ScratchBytes : null;

    /// <summary>The bytes of the expanded model as C; only if <see cref="WhyNotC"/> is null.</summary>
    internal ByteCounts BytesInC(NumberFormat format) => ByteCounts.Of(graph, Layers, InputCount, counts, format);

    /// <summary>The layer because of which the model cannot be written as C, and the reason; null if it can.</summary>
    internal (LayerPlan Layer, string Problem)? WhyNotC(NumberFormat format) => ByteCounts.WhyNot(graph, Layers, format);

    /// <summary>The shapes of <see cref="EdgeLayers"/> in the expanded model.</summary>
    internal LayerShape[] LayerShapes() => LayerShape.Of(
        [.. EdgeLayers.Select(layer => (layer.Name, layer.FanIn, layer.NeuronCount, layer.Expansion))], EdgeParts, [.. EdgeLayers.Select(layer => layer.InputGroups)]);

    /// <summary>Checks that parameters can be copied from a model of this plan to a model of another plan.</summary>
    /// <param name="other">The other plan.</param>
    /// <param name="isExpanded">Whether the parameters are those of an expanded model, which requires equal expansions.</param>
    /// <param name="grows">Whether the last layer of the other plan may have more neurons.</param>
    /// <exception cref="ArgumentException">A layer differs.</exception>
    internal void RequireSameLayers(ModelPlan other, bool isExpanded, bool grows = false)
    {
        if (Layers.Count != other.Layers.Count)
            throw new ArgumentException($"{Name} has {Layers.Count} layers, but {other.Name} has {other.Layers.Count}.", nameof(other));
        for (int l = 0; l < Layers.Count; l++)
        {
            (LayerPlan own, LayerPlan copy) = (Layers[l], other.Layers[l]);
            if (grows && l == Layers.Count - 1 && own is LinearPlan last && copy is LinearPlan { Neurons: var neurons } && neurons > last.Neurons)
                own = last.WithWidths(last.Inputs, neurons);
            if (own.DenseParent != copy.DenseParent with { Name = own.Name, From = own.From } || !SourcesOf(l).SequenceEqual(other.SourcesOf(l)))
                throw new ArgumentException($"{Name}.{own.Name} is {own.DenseParent}, but {other.Name} has {copy.DenseParent}.", nameof(other));
            if (isExpanded && own != copy with { Name = own.Name, From = own.From })
                throw new ArgumentException($"{Name} is expanded, but {other.Name}.{copy.Name} plans another expansion; copy to a model of the same plan.", nameof(other));
        }
    }

    /// <summary>Checks that names are unique in files, with a lower-case first letter, and that no block has the name of a layer.</summary>
    private void CheckNames()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (LayerPlan layer in Layers)
        {
            if (!known.TryAdd(layer.NameInFiles, layer.Name))
                throw Broken(layer, $"the layer collides with the layer {known[layer.NameInFiles]}, since files name both {layer.NameInFiles}; rename it.");
        }

        foreach (LayerPlan layer in Layers)
        {
            string name = layer.NameInFiles;
            for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
            {
                if (known.TryGetValue(name[..dot], out string? outer))
                    throw Broken(layer, $"the name of the layer begins with that of the layer {outer}; rename one of them.");
            }
        }
    }

    private void CheckExpansions()
    {
        for (int l = 0; l < Layers.Count; l++)
        {
            if (Layers[l] is not EdgeLayerPlan layer)
                continue;
            LayerPlan? narrow = graph.NarrowReaderOf(l) is { } position ? Layers[position] : null;
            LayerPlan? widest = graph.IsOutput(l) ? null : graph.ReadersOfChildren(l).Select(reader => Layers[reader]).MaxBy(NeuronsOf) ?? narrow;
            ExpansionRules.CheckExpansion($"{Name}.{layer.Name}", layer.FanIn, layer.Expansion, widest is null ? null : (ReadersOf(widest), NeuronsOf(widest)));
            if (layer is ConvolutionPlan { Expansion.IsExpanded: true, WhyNotExpanded: { } reason })
                throw Broken(layer, $"{reason}; use factor 1.");
            if (layer.Expansion.Factor > 1 && narrow is not null)
                throw Broken(layer, $"only a Linear layer can read an expanded layer, but {narrow.Name} is not one; use factor 1.");
            if (layer.Expansion.TiesBiases && layer is not LinearPlan)
                throw Broken(layer, $"only a Linear layer can tie the biases of its children; remove TiesBiases.");
        }

        foreach ((ConvolutionPlan reader, string problem) in graph.UnevenGroups())
            throw Broken(reader, $"{problem}.");

        foreach ((LayerPlan sum, EdgeLayerPlan? one, EdgeLayerPlan? other) in graph.UnequalSums())
        {
            string text(EdgeLayerPlan? layer) => layer is null ? "a value that is not expanded" : Invariant($"children of {layer.Name} (factor {layer.Expansion.Factor}, Share {layer.Expansion.Share}{(layer.InputGroups == 1 ? "" : Invariant($", in groups of {layer.GroupNeurons} neurons"))})");
            throw Broken(sum, $"the layer adds {text(one)} and {text(other)}, which have different widths or orders; give both the same factor and Share, or expand neither.");
        }

        ILookup<bool, EdgeLayerPlan> expanded = EdgeLayers.Where(layer => layer.Expansion.IsExpanded).ToLookup(layer => layer.Expansion.LearnsEdges);
        if (expanded[true].FirstOrDefault() is { } learned && expanded[false].FirstOrDefault() is { } split)
            throw Broken(learned, $"the layer learns its edges, but {split.Name} has Split.{split.Expansion.Strategy}; give all expanded layers Split.Learned, or none.");
    }

    /// <summary>Checks that the weights of an expanded layer before pruning, and the values of its children, are not too many.</summary>
    private void CheckSizes()
    {
        LayerPlan[] weighted = [.. Layers.Where(layer => layer.Size is not null)];
        for (int l = 0; l < weighted.Length; l++)
        {
            LayerSize size = graph.Sizes[l];
            UInt128 weights = (UInt128)size.Neurons * (UInt128)WeightCounts.CopiesOfInputs(graph.Sizes, l) * (UInt128)(size.LearnsEdges ? size.Factor : 1);
            if (weights > WeightCounts.MaximumWeights)
                throw Broken(weighted[l], $"the layer would have {weights} weights, but can have {WeightCounts.MaximumWeights} at most; use fewer neurons or a smaller factor.");
            LayerPlan.RequireWidth($"{Name}.{weighted[l].Name}", "children", (long)size.Neurons * size.Factor);
        }
    }

    /// <summary>The number of neurons of a layer that can read one neuron below.</summary>
    private static int NeuronsOf(LayerPlan layer) => layer is EdgeLayerPlan edges ? edges.GroupNeurons : layer.Outputs;

    private static string ReadersOf(LayerPlan layer) => ExpansionRules.ReadersOf(layer.Name, layer is EdgeLayerPlan edges ? edges.InputGroups : 1);

    private PlanException Broken(LayerPlan layer, FormattableString problem) => new($"{Name}.{layer.Name}", Invariant(problem));

    private void Require(string what, long declared, long counted)
    {
        if (declared != counted)
            throw new WeightCountException(Name, what, declared, counted);
    }
}
