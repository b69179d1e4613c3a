using Fpe.Compute;

namespace Fpe;

/// <summary>
/// The buffers of all layers of a model for one pass at a time, at the widths that the layers have when the buffers are created. If several
/// layers read the same value, the first of them in the backward pass writes its gradient and the others add to it.
/// </summary>
internal sealed class PassBuffers : IDisposable
{
    private readonly IKernels kernels;
    private readonly LayerBuffers samples;
    private readonly LayerBuffers[] layers;
    private readonly Activations[][] inputs;
    private readonly Activations?[][] inputGradients;
    private readonly Activations?[][] sums;
    private readonly bool[] haveGradients;
    private readonly Dictionary<(int Width, int Input), Activations> terms = [];

    /// <summary>Allocates buffers for batches of up to the capacity of the inputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The samples that the first layer reads; the caller owns them.</param>
    /// <param name="training">Whether there are also backward passes.</param>
    public PassBuffers(Model model, Activations inputs, bool training)
    {
        Structure = model.Structure;
        kernels = model.Device.Kernels;
        samples = new LayerBuffers(inputs);
        layers = new LayerBuffers[model.Layers.Count];
        this.inputs = new Activations[layers.Length][];
        inputGradients = new Activations?[layers.Length][];
        sums = new Activations?[layers.Length][];
        haveGradients = new bool[layers.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            LayerBuffers[] sources = [.. model.Plan.SourcesOf(l).Select(Source)];
            layers[l] = model.Layers[l].Allocate(sources, training);
            this.inputs[l] = [.. sources.Select(source => source.Output)];
            haveGradients[l] = training && (model.Layers[l].Parameters.Any(parameter => parameter.Role.IsLearned()) || model.Plan.SourcesOf(l).Any(source => source >= 0 && haveGradients[source]));
        }

        if (training)
            ConnectGradients(model);
    }

    /// <summary>The structure of the model that the buffers fit; see <see cref="Model.Structure"/>.</summary>
    public int Structure { get; }

    /// <summary>The samples of the pass.</summary>
    public Activations Inputs => samples.Output;

    /// <summary>Outputs of the last forward pass.</summary>
    public Activations Output => layers[^1].Output;

    /// <summary>Gradient of the loss with respect to <see cref="Output"/>, where the backward pass starts.</summary>
    public Activations OutputGradient => layers[^1].OutputGradient;

    /// <summary>The buffers of a layer.</summary>
    public LayerBuffers this[int layer] => layers[layer];

    /// <summary>The values that a layer reads.</summary>
    public ReadOnlySpan<Activations> InputsOf(int layer) => inputs[layer];

    /// <summary>Whether the backward pass reaches a layer: it learns, or a layer below it does.</summary>
    public bool HasGradient(int layer) => haveGradients[layer];

    /// <summary>
    /// The buffers where a layer writes the gradients with respect to its inputs; null for an input that depends on no learned parameter.
    /// </summary>
    public ReadOnlySpan<Activations?> InputGradientsOf(int layer) => inputGradients[layer];

    /// <summary>Adds what a layer wrote to the gradients of values that other layers read too.</summary>
    public void AddInputGradients(int layer, int batch)
    {
        for (int i = 0; i < sums[layer].Length; i++)
        {
            if (sums[layer][i] is { } sum)
                kernels.AddFeatures(inputGradients[layer][i]!, 0, sum, 0, sum.Features, batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A layer that computes nothing shares the buffers of the layer below.
        foreach (LayerBuffers buffers in layers.Where(buffers => !ReferenceEquals(buffers, samples)))
            buffers.Dispose();
        foreach (Activations term in terms.Values)
            term.Dispose();
    }

    private LayerBuffers Source(int layer) => layer < 0 ? samples : layers[layer];

    private void ConnectGradients(Model model)
    {
        var written = new HashSet<LayerBuffers>(ReferenceEqualityComparer.Instance);
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            IReadOnlyList<int> sources = model.Plan.SourcesOf(l);
            (inputGradients[l], sums[l]) = (new Activations?[sources.Count], new Activations?[sources.Count]);
            for (int i = 0; i < sources.Count; i++)
            {
                bool isWanted = haveGradients[l] && sources[i] >= 0 && haveGradients[sources[i]];
                LayerBuffers source = Source(sources[i]);
                if (!isWanted || ReferenceEquals(source, layers[l]))
                    continue;
                if (ReaderOf(model, sources[i], l) is { } reader)
                {
                    source.Reader = (reader, layers[l]);
                    continue;
                }

                if (written.Add(source))
                    inputGradients[l][i] = source.OutputGradient;
                else
                    (inputGradients[l][i], sums[l][i]) = (TermOf(model, source.Output, i), source.OutputGradient);
            }
        }
    }

    /// <summary>
    /// Returns the reader of a layer if the layer computes its output gradient itself: that pays for the first layer that learns, as
    /// nothing but its weights need that gradient.
    /// </summary>
    private Linear? ReaderOf(Model model, int layer, int reader)
    {
        ModelPlan plan = model.Plan;
        bool isPair = model.Layers[layer] is Linear { ComputesThroughReader: true } &&
            model.Layers[reader] is Linear { ComputesThroughReader: true, Plan.Activation.Kind: ActivationFunction.Identity };
        bool isShared = Enumerable.Range(0, layers.Length).Sum(l => plan.SourcesOf(l).Count(source => source == layer)) > 1;
        bool passesOn = plan.SourcesOf(layer).Any(source => source >= 0 && haveGradients[source]);
        return isPair && !isShared && !passesOn ? (Linear)model.Layers[reader] : null;
    }

    /// <summary>
    /// Returns the buffer of a gradient to be added; layers of the same width share one, because it is added before the next layer runs.
    /// </summary>
    private Activations TermOf(Model model, Activations value, int input)
    {
        if (!terms.TryGetValue((value.Features, input), out Activations? term))
            terms[(value.Features, input)] = term = model.Device.AllocateActivations(value.Features, value.Capacity);
        return term;
    }
}
