using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>
/// Which layers are computed with the layer that they read, so that no bytes lie between: the batch normalisation and the activation after a
/// layer with edges that nothing else reads. Dropout, which predictions leave out, may stand between.
/// </summary>
internal sealed class LayerFusion
{
    private readonly ModelPlan plan;
    private readonly Dictionary<int, Tail> tails = [];
    private readonly HashSet<int> fused = [];

    private LayerFusion(ModelPlan plan)
    {
        this.plan = plan;
        for (int l = 0; l < plan.Layers.Count; l++)
        {
            if (plan.Layers[l] is EdgeLayerPlan edges)
                tails.Add(l, Follow(l, edges));
        }
    }

    /// <summary>Finds them in a plan.</summary>
    public static LayerFusion Of(ModelPlan plan) => new(plan);

    /// <summary>Whether a layer is computed with another.</summary>
    public bool IsFused(int layer) => fused.Contains(layer);

    /// <summary>What follows a layer with edges.</summary>
    public Tail TailOf(int layer) => tails[layer];

    private Tail Follow(int layer, EdgeLayerPlan edges)
    {
        var tail = new Tail(layer, Norm: null, edges.Activation);
        for (int last = layer; OnlyReaderOf(last) is { } reader; last = reader)
        {
            switch (plan.Layers[reader])
            {
                case DropoutPlan or Dropout2dPlan:
                    continue;
                case BatchNormPlan norm when tail is { Norm: null, IsPlain: true } && norm.Places == edges.OutputPlaces:
                    tail = tail with { Last = reader, Norm = reader };
                    break;
                case ActivationPlan activation when tail.IsPlain:
                    tail = tail with { Last = reader, Activation = activation.Function };
                    break;
                default:
                    return tail;
            }

            fused.Add(reader);
        }

        return tail;
    }

    /// <summary>Returns the only layer that reads a layer, and nothing else; null if there is none.</summary>
    private int? OnlyReaderOf(int layer)
    {
        int[] readers = [.. Enumerable.Range(layer + 1, plan.Layers.Count - layer - 1).Where(reader => plan.SourcesOf(reader).Contains(layer))];
        return readers is [var only] && plan.SourcesOf(only).Count == 1 ? only : null;
    }

    /// <summary>What is computed with a layer.</summary>
    /// <param name="Last">The layer whose value comes out; the layer itself if nothing follows.</param>
    /// <param name="Norm">The batch normalisation; null if there is none.</param>
    /// <param name="Activation">The activation, its own or that of a layer of its own.</param>
    internal readonly record struct Tail(int Last, int? Norm, ElementFunction Activation)
    {
        /// <summary>Whether there is no activation.</summary>
        public bool IsPlain => Activation == ActivationFunction.Identity;
    }
}
