using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>Changes the edges of a model during training.</summary>
internal abstract class EdgeLearner
{
    private protected EdgeLearner(Model model, LearningSteps steps)
    {
        Model = model;
        Steps = steps;
        Layers = [.. model.EdgeLayers];
        Shapes = model.Plan.LayerShapes();
    }

    /// <summary>The model being trained.</summary>
    protected Model Model { get; }

    /// <summary>The steps at which edges change.</summary>
    public LearningSteps Steps { get; }

    /// <summary>Whether a change needs the gradients of a step.</summary>
    public abstract bool NeedsGradients { get; }

    /// <summary>The layers that do not have all edges, and may get others.</summary>
    public IEnumerable<EdgeLayer> Incomplete => Layers.Where((layer, l) => layer.Edges.EdgeCount < Shapes[l].EdgeCount);

    /// <summary>The layers whose edges change.</summary>
    protected EdgeLayer[] Layers { get; }

    /// <summary>The shapes of <see cref="Layers"/>.</summary>
    protected LayerShape[] Shapes { get; }

    /// <summary>The total number of edges that the layers end with.</summary>
    protected long Budget => Model.Plan.ExpandedLinearWeights;

    /// <summary>Changes edges after a step.</summary>
    /// <param name="steps">The number of finished steps.</param>
    /// <param name="gradientOf">
    /// Returns the gradient of the last step by the weights of all possible edges of a layer: [rows, columns], row by row. Called only if
    /// <see cref="NeedsGradients"/>.
    /// </param>
    /// <param name="state">The moments; they follow their edges.</param>
    /// <exception cref="WeightCountException">The model does not have the expected number of edges, which is a bug in the library.</exception>
    public void Change(long steps, Func<EdgeLayer, double[]> gradientOf, OptimizerState state)
    {
        long expected = Change(steps, gradientOf, (layer, layout) => Replace(layer, layout, state));
        long counted = Layers.Sum(layer => (long)layer.Edges.EdgeCount);
        if (counted != expected)
            throw new WeightCountException(Model.Plan.Name, $"weights after step {steps}", expected, counted);
    }

    /// <summary>Changes edges after a step.</summary>
    /// <returns>The total number of edges of the layers afterwards.</returns>
    private protected abstract long Change(long steps, Func<EdgeLayer, double[]> gradientOf, Action<EdgeLayer, EdgeLayout> replace);

    /// <summary>Returns the current units of a layer.</summary>
    protected ColumnUnits UnitsOf(int layer) => ColumnUnits.Of(Layers[layer].Edges, Layers[layer].ReadWeights(), Shapes[layer].Groups);

    private static void Replace(EdgeLayer layer, EdgeLayout layout, OptimizerState state)
    {
        EdgeTransfer transfer = EdgeTransfer.Between(layer.Edges, layout);
        Parameter old = layer.ReplaceEdges(layout, transfer);
        state.Replace(old, layer.Weight, transfer);
        old.Free();
    }
}
