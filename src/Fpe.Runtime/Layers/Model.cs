using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// A network declared as an annotated partial class. It starts as the initialised dense parent; <see cref="Expand()"/> turns it
/// into the wider network with as many non-zero weights.
/// </summary>
/// <remarks>A model is used by one thread at a time; several models may share a device.</remarks>
public abstract class Model : IDisposable
{
    private const int PredictionBatch = 256;

    private readonly Layer[] layers;
    private readonly int firstLearning;
    private int capacity;
    private Activations? input;

    /// <summary>Creates an initialised dense parent; called by generated code.</summary>
    /// <param name="plan">The model as it was declared.</param>
    /// <param name="seed">Seed of the initial weights and of the split.</param>
    /// <param name="device">Where the model lives.</param>
    protected Model(ModelPlan plan, long seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(device);
        Plan = plan;
        Seed = seed;
        Device = device;
        layers = [.. plan.Layers.Select((layer, index) => layer.Create(device, seed, index))];
        firstLearning = layers.TakeWhile(layer => layer.Parameters.Count == 0).Count();
        ConnectLayers();
        CheckCounts("the dense parent", plan.DenseWeights, plan.DenseBiases);
    }

    /// <summary>The model as it was declared.</summary>
    public ModelPlan Plan { get; }

    /// <summary>Seed of the initial weights and of the split.</summary>
    public long Seed { get; }

    /// <summary>Where the model lives.</summary>
    public Device Device { get; }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <summary>Everything the model learns, from input to output. <see cref="Expand()"/> replaces it.</summary>
    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <summary>Whether <see cref="Expand()"/> has been called.</summary>
    public bool IsExpanded { get; private set; }

    /// <summary>Non-zero weights of the model as it is now.</summary>
    public long WeightCount => Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);

    /// <summary>Biases of the model as it is now.</summary>
    public long BiasCount => Parameters.Where(parameter => !parameter.IsWeight).Sum(parameter => (long)parameter.Count);

    /// <summary>The fully connected layers, from input to output: those that expansion may touch.</summary>
    internal IEnumerable<Linear> Linears => layers.OfType<Linear>();

    /// <summary>Outputs of the last forward pass.</summary>
    internal Activations Output => layers[^1].Output;

    /// <summary>Gradient of the loss by <see cref="Output"/>, for <see cref="Backward"/> to start from.</summary>
    internal Activations OutputGradient => layers[^1].OutputGradient;

    /// <summary>
    /// Replaces each neuron of the expanded layers by its children, and prunes to the budget (arXiv 2510.04500, section 3).
    /// Values are inherited; the function is not, so the model has to be trained (on).
    /// </summary>
    /// <inheritdoc cref="Expand(ExpansionMethod)" path="/exception"/>
    public void Expand() => Expand(SplitExpansion.Default);

    /// <summary>Turns the dense parent into the wider network in a way of one's choice.</summary>
    /// <param name="method">Which edges the network gets and what they start with; <see cref="SplitExpansion"/> is the usual one.</param>
    /// <exception cref="InvalidOperationException">The model is expanded already, or none of its layers declares an expansion.</exception>
    /// <exception cref="ExpansionException">The plan cannot work, or a weight is not finite; the model is left as it was.</exception>
    public void Expand(ExpansionMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (IsExpanded)
            throw new InvalidOperationException($"{Plan.Name} is expanded already; a model is expanded once.");
        if (!Plan.IsExpanded)
            throw new InvalidOperationException($"{Plan.Name} has no layer to expand; put [Expand(factor: …)] on a hidden layer.");

        ParentLayer[] parents = [.. Linears.Select(layer => layer.ToParent())];
        Restructure(method.Expand(parents, Plan.ExpandedLinearWeights, Seed));
    }

    /// <summary>
    /// Gives another model the parameters of this one, and its structure if it is expanded; both are independent afterwards. A
    /// dense parent can so be trained once and expanded in several ways.
    /// </summary>
    /// <param name="other">
    /// A dense parent with the same layers, on any device; expansions may be planned differently as long as this model is not
    /// expanded. It keeps its own seed, which decides its partitions.
    /// </param>
    /// <exception cref="ArgumentException">The other model's layers differ.</exception>
    /// <exception cref="InvalidOperationException">The other model is expanded already.</exception>
    public void CopyTo(Model other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsExpanded)
            throw new InvalidOperationException($"{other.Plan.Name} is expanded already; copy to a new model.");
        Plan.RequireSameLayers(other.Plan, IsExpanded);
        if (IsExpanded)
            other.Restructure([.. Linears.Select(layer => new ExpandedLayer(layer.Edges, layer.ReadWeights(), layer.ReadBiases()))]);
        foreach ((Parameter own, Parameter copy) in Parameters.Zip(other.Parameters))
            own.CopyTo(copy);
    }

    /// <summary>A table of the layers: shapes, children, weights before and after.</summary>
    public ModelSummary Summarize() => ModelSummary.Of(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Passes a batch through the layers; the result is in <see cref="Output"/>.</summary>
    /// <remarks>Layers get as much room as <paramref name="samples"/> has; nothing is allocated while that stays the same.</remarks>
    internal void Forward(Activations samples, in Pass pass)
    {
        Reserve(samples.Capacity);
        Activations values = samples;
        foreach (Layer layer in layers)
        {
            layer.Forward(values, pass);
            values = layer.Output;
        }
    }

    /// <summary>Computes the gradients of all parameters from <see cref="OutputGradient"/>.</summary>
    internal void Backward(Activations samples, in Pass pass)
    {
        for (int l = layers.Length - 1; l >= firstLearning; l--)
        {
            Activations values = l == 0 ? samples : layers[l - 1].Output;
            layers[l].Backward(values, l == firstLearning ? null : layers[l - 1].OutputGradient, pass);
        }
    }

    /// <summary>A layer by position; called by generated code.</summary>
    /// <typeparam name="TLayer">The layer's type.</typeparam>
    /// <param name="index">From 0.</param>
    protected TLayer LayerAt<TLayer>(int index)
        where TLayer : Layer => (TLayer)layers[index];

    /// <summary>Computes the outputs of one sample or several; called by generated code.</summary>
    /// <param name="inputs">Samples row by row: [batch, inputs].</param>
    /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
    /// <exception cref="ArgumentException">The lengths are not whole samples, or do not match each other.</exception>
    protected void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        (int width, int outputWidth) = (Plan.InputCount, Plan.OutputCount);
        int samples = Math.DivRem(inputs.Length, width, out int rest);
        if (rest != 0)
            throw new ArgumentException($"{Plan.Name} reads samples of {width} values, but got {inputs.Length} values, which is no whole number of samples.", nameof(inputs));
        if (outputs.Length != (long)samples * outputWidth)
            throw new ArgumentException($"{Plan.Name} gives {outputWidth} outputs for each of {samples} samples, but there is room for {outputs.Length} values.", nameof(outputs));

        if (samples == 0)
            return;

        Activations batchInput = PredictionInput(Math.Min(samples, PredictionBatch));
        for (int start = 0; start < samples; start += batchInput.Capacity)
        {
            int batch = Math.Min(batchInput.Capacity, samples - start);
            batchInput.Write(inputs.Slice(start * width, batch * width), batch);
            Forward(batchInput, Pass.Predicting(batch));
            Output.Read(outputs.Slice(start * outputWidth, batch * outputWidth), batch);
        }
    }

    /// <summary>The class whose output is largest, the first of equals; called by generated code.</summary>
    /// <param name="input">One sample.</param>
    /// <exception cref="ArgumentException">The length is not that of one sample.</exception>
    protected int PredictClass(ReadOnlySpan<float> input)
    {
        Span<float> outputs = Plan.OutputCount <= 1024 ? stackalloc float[Plan.OutputCount] : new float[Plan.OutputCount];
        ForwardBatch(input, outputs);
        int best = 0;
        for (int c = 1; c < outputs.Length; c++)
        {
            if (outputs[c] > outputs[best])
                best = c;
        }

        return best;
    }

    /// <summary>Frees the model's buffers.</summary>
    protected virtual void Dispose(bool disposing)
    {
        ReleaseBatches();
        foreach (Layer layer in layers)
            layer.Dispose();
    }

    private void Reserve(int samples)
    {
        if (samples == capacity)
            return;
        foreach (Layer layer in layers)
            layer.Reserve(samples);
        capacity = samples;
    }

    private Activations PredictionInput(int samples)
    {
        if (input is null || input.Capacity < samples)
        {
            input?.Dispose();
            input = Device.AllocateActivations(Plan.InputCount, samples);
        }

        return input;
    }

    private void ReleaseBatches()
    {
        input?.Dispose();
        input = null;
        capacity = 0;
    }

    /// <summary>Takes over structure and values of an expanded model.</summary>
    internal void Restructure(IReadOnlyList<ExpandedLayer> expanded)
    {
        ReleaseBatches();
        foreach ((Linear layer, ExpandedLayer values) in Linears.Zip(expanded))
            layer.Replace(values);
        ConnectLayers();
        IsExpanded = true;
        CheckCounts("the expanded model", Plan.ExpandedWeights, Plan.ExpandedBiases);
    }

    private void ConnectLayers()
    {
        Layer? below = null;
        foreach (Layer layer in layers)
        {
            layer.Follow(below);
            below = layer;
        }
    }

    private void CheckCounts(string what, long weights, long biases)
    {
        RequireCount($"weights of {what}", weights, WeightCount);
        RequireCount($"biases of {what}", biases, BiasCount);
    }

    private void RequireCount(string what, long declared, long counted)
    {
        if (declared != counted)
            throw new WeightCountException(Plan.Name, what, declared, counted);
    }
}
