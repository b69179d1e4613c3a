using System.Globalization;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe;

/// <summary>
/// A network declared as an annotated partial class. It starts as the initialised dense parent; <see cref="Expand()"/> turns it
/// into the wider network with as many non-zero weights.
/// </summary>
/// <remarks>
/// Any number of threads may predict with one model at the same time, and read or save it meanwhile: each call has buffers of its own,
/// which the model keeps for the next. What changes a model (training, expanding, loading, copying into it) needs it alone: a call
/// that conflicts with another is refused at once with a <see cref="ModelInUseException"/>. <see cref="Dispose()"/> never waits: calls under
/// way end as if nothing had happened, later ones get an <see cref="ObjectDisposedException"/>. Several models may share a device.
/// </remarks>
public abstract class Model : IDisposable
{
    private readonly Layer[] layers;
    private readonly PredictionBuffers predictionBuffers;

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
        Access = new ModelAccess(plan.Name);
        layers = [.. plan.Layers.Select((layer, index) => layer.Create(device, seed, index))];
        foreach (Layer layer in layers)
        {
            layer.Join(Access);
            RequireDeclared(layer);
        }

        predictionBuffers = new PredictionBuffers(this);
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

    /// <summary>Everything the model learns or keeps of what it has seen, from input to output. <see cref="Expand()"/> replaces it.</summary>
    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <summary>Whether <see cref="Expand()"/> has been called.</summary>
    public bool IsExpanded { get; private set; }

    /// <summary>Non-zero weights of the model as it is now.</summary>
    public long WeightCount => Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);

    /// <summary>Biases of the model as it is now, and scales and shifts of norms.</summary>
    public long BiasCount => Parameters.Where(parameter => parameter.Role.CountsAsBias()).Sum(parameter => (long)parameter.Count);

    /// <summary>The fully connected layers, from input to output.</summary>
    internal IEnumerable<Linear> Linears => layers.OfType<Linear>();

    /// <summary>The layers whose edges expansion and pruning may change.</summary>
    internal IEnumerable<EdgeLayer> EdgeLayers => layers.Where((_, l) => Plan.HasEdges(l)).Cast<EdgeLayer>();

    /// <summary>Who uses the model at present.</summary>
    internal ModelAccess Access { get; }

    /// <summary>Counts how often the structure has changed; buffers of another count do not fit any more.</summary>
    internal int Structure { get; private set; }

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
    /// <exception cref="ModelInUseException">Another call uses the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void Expand(ExpansionMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        using ModelAccess.Scope scope = Access.Write(ModelUse.Expanding);
        ExpandAlone(method);
    }

    /// <summary>As <see cref="Expand(ExpansionMethod)"/>, for a caller that has the model for itself.</summary>
    internal void ExpandAlone(ExpansionMethod method)
    {
        if (IsExpanded)
            throw new InvalidOperationException($"{Plan.Name} is expanded already; a model is expanded once.");
        if (!Plan.IsExpanded)
            throw new InvalidOperationException($"{Plan.Name} has no layer to expand; put [Expand(factor: …)] on a hidden layer.");
        if (Plan.LearnsEdges)
            throw new InvalidOperationException($"{Plan.Name} learns its edges, which takes training; call Trainer.Fit, which expands it.");

        Restructure(method.Expand(ToParents(), Plan.ExpandedLinearWeights, Seed));
    }

    /// <summary>Turns the dense parent into the wide network from which edges are learned, for a caller that has the model for itself.</summary>
    /// <param name="expand">Makes the layers from those of the dense parent, their shapes, the budget and the seed.</param>
    internal void ExpandToLearn(Func<ParentLayer[], LayerShape[], long, long, ExpandedLayer[]> expand) =>
        Restructure(expand(ToParents(), Plan.LayerShapes(), Plan.ExpandedLinearWeights, Seed));

    /// <summary>
    /// Gives another model the parameters of this one, and its structure if it is expanded; both are independent afterwards. A
    /// dense parent can so be trained once and expanded in several ways.
    /// </summary>
    /// <param name="other">
    /// A dense parent with the same layers, on any device; expansions may be planned differently as long as this model is not
    /// expanded. It keeps its own seed, which decides its partitions.
    /// </param>
    /// <exception cref="ArgumentException">The other model's layers differ, or it is this one.</exception>
    /// <exception cref="InvalidOperationException">The other model is expanded already.</exception>
    /// <exception cref="ModelInUseException">Another call changes this model, or uses the other one.</exception>
    /// <exception cref="ObjectDisposedException">One of the models was disposed.</exception>
    public void CopyTo(Model other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
            throw new ArgumentException($"{Plan.Name} cannot be copied to itself; create another model.", nameof(other));
        using ModelAccess.Scope scope = Access.Read(ModelUse.Copying);
        using ModelAccess.Scope otherScope = other.Access.Write(ModelUse.Overwriting);
        CopyAlone(other);
    }

    private void CopyAlone(Model other)
    {
        if (other.IsExpanded)
            throw new InvalidOperationException($"{other.Plan.Name} is expanded already; copy to a new model.");
        Plan.RequireSameLayers(other.Plan, IsExpanded);
        if (IsExpanded)
            other.Restructure([.. EdgeLayers.Select(layer => new ExpandedLayer(layer.Edges, layer.ReadWeights(), layer.ReadBiases()))]);
        foreach ((Parameter own, Parameter copy) in Parameters.Zip(other.Parameters))
            own.CopyTo(copy);
    }

    /// <summary>A table of the layers: shapes, children, weights before and after.</summary>
    /// <inheritdoc cref="BeginRead" path="/exception"/>
    public ModelSummary Summarize()
    {
        using ModelAccess.Scope scope = Access.Read(ModelUse.Reading);
        return ModelSummary.Of(this);
    }

    /// <summary>
    /// Keeps the model as it is until the result is disposed, so that what is read of several layers belongs together. Others may
    /// read and predict meanwhile; calls that would change the model are refused.
    /// </summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public IDisposable BeginRead()
    {
        Access.EnterRead(ModelUse.Reading);
        return new ModelHold(Access.ExitRead);
    }

    /// <summary>
    /// Has the model for the calling thread alone until the result is disposed, to write to its parameters. The thread may read and predict
    /// meanwhile.
    /// </summary>
    /// <exception cref="ModelInUseException">Another call uses the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public IDisposable BeginWrite()
    {
        Access.EnterWrite(ModelUse.Changing);
        return new ModelHold(Access.ExitWrite);
    }

    /// <summary>Frees the model's memory as soon as no call uses it any more; calls under way are not disturbed.</summary>
    public void Dispose()
    {
        Access.Close(() => Dispose(disposing: true));
        GC.SuppressFinalize(this);
    }

    /// <summary>Passes the samples of the buffers through the layers. Allocates nothing.</summary>
    internal void Forward(PassBuffers buffers, in Pass pass)
    {
        for (int l = 0; l < layers.Length; l++)
            layers[l].Forward(buffers.InputsOf(l), buffers[l], pass);
    }

    /// <summary>Computes the gradients of all parameters from the gradient by the outputs of the last forward pass.</summary>
    internal void Backward(PassBuffers buffers, in Pass pass)
    {
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            if (!buffers.HasGradient(l))
                continue;
            layers[l].Backward(buffers.InputsOf(l), buffers.InputGradientsOf(l), buffers[l], pass);
            buffers.AddInputGradients(l, pass.Batch);
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
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    protected void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        (int width, int outputWidth) = (Plan.InputCount, Plan.OutputCount);
        int samples = Math.DivRem(inputs.Length, width, out int rest);
        if (rest != 0)
            throw new ArgumentException($"{Plan.Name} reads samples of {width} values, but got {inputs.Length} values, which is no whole number of samples.", nameof(inputs));
        if (outputs.Length != (long)samples * outputWidth)
            throw new ArgumentException($"{Plan.Name} gives {outputWidth} outputs for each of {samples} samples, but there is room for {outputs.Length} values.", nameof(outputs));

        using ModelAccess.Scope scope = Access.Read(ModelUse.Predicting);
        if (samples > 0)
            Predict(inputs, outputs, samples);
    }

    /// <summary>The class whose output is largest, the first of equals; called by generated code.</summary>
    /// <param name="input">One sample.</param>
    /// <exception cref="ArgumentException">The length is not that of one sample, or a value is not finite and so no output is a number.</exception>
    /// <exception cref="InvalidOperationException">An output is not a number although all values of the sample are finite.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    protected int PredictClass(ReadOnlySpan<float> input)
    {
        Span<float> outputs = Plan.OutputCount <= 1024 ? stackalloc float[Plan.OutputCount] : new float[Plan.OutputCount];
        ForwardSample(input, outputs);
        int best = 0;
        for (int c = 1; c < outputs.Length; c++)
        {
            if (outputs[c] > outputs[best])
                best = c;
        }

        return best;
    }

    /// <summary>The output of a model that has one; called by generated code.</summary>
    /// <inheritdoc cref="PredictClass" path="/param"/>
    /// <inheritdoc cref="PredictClass" path="/exception"/>
    protected float PredictValue(ReadOnlySpan<float> input)
    {
        Span<float> output = stackalloc float[1];
        ForwardSample(input, output);
        return output[0];
    }

    /// <summary>Frees the model's memory; called once, when no call uses it any more.</summary>
    protected virtual void Dispose(bool disposing)
    {
        predictionBuffers.Free();
        foreach (Layer layer in layers)
            layer.Free();
    }

    private void ForwardSample(ReadOnlySpan<float> input, Span<float> outputs)
    {
        if (input.Length != Plan.InputCount)
            throw new ArgumentException($"{Plan.Name} predicts one sample of {Plan.InputCount} values, but got {input.Length}; pass several samples to Forward.", nameof(input));
        ForwardBatch(input, outputs);
        int wrong = 0;
        while (wrong < outputs.Length && !float.IsNaN(outputs[wrong]))
            wrong++;
        if (wrong == outputs.Length)
            return;
        int cause = NonFinite.IndexIn(input);
        throw cause >= 0
            ? new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Value {cause} of the sample is {input[cause]}, so that output {wrong} of {Plan.Name} is not a number; replace it by a finite number."), nameof(input))
            : new InvalidOperationException($"Output {wrong} of {Plan.Name} is not a number, though the sample is finite: weights are not, or sums are too large for {Device.ElementType}; train the model again with a lower learning rate.");
    }

    private void Predict(ReadOnlySpan<float> inputs, Span<float> outputs, int samples)
    {
        PassBuffers buffers = predictionBuffers.Take(samples);
        int width = Plan.InputCount;
        int outputWidth = Plan.OutputCount;
        for (int start = 0; start < samples; start += buffers.Inputs.Capacity)
        {
            int batch = Math.Min(buffers.Inputs.Capacity, samples - start);
            buffers.Inputs.Write(inputs.Slice(start * width, batch * width), batch);
            Forward(buffers, Pass.Predicting(batch));
            buffers.Output.Read(outputs.Slice(start * outputWidth, batch * outputWidth), batch);
        }

        predictionBuffers.Return(buffers);
    }

    /// <summary>Takes over structure and values of an expanded model; the caller has the model for itself.</summary>
    internal void Restructure(IReadOnlyList<ExpandedLayer> expanded)
    {
        predictionBuffers.Free();
        Structure++;
        foreach ((EdgeLayer layer, ExpandedLayer values) in EdgeLayers.Zip(expanded))
            layer.Replace(values);
        ConnectLayers();
        IsExpanded = true;
        CheckCounts("the expanded model", Plan.LearnsEdges ? Math.Clamp(WeightCount, Plan.ExpandedWeights, Plan.WeightsBeforePruning) : Plan.ExpandedWeights, Plan.ExpandedBiases);
    }

    private void ConnectLayers()
    {
        var units = new ValueUnits[layers.Length];
        for (int l = 0; l < layers.Length; l++)
            units[l] = layers[l].Follow([.. Plan.SourcesOf(l).Select(source => source < 0 ? ValueUnits.Of(Plan.InputCount) : units[source])]);
    }

    private ParentLayer[] ToParents() => [.. EdgeLayers.Select((layer, l) => layer.ToParent(Plan.EdgeParts[l], Plan.EdgeSums[l]))];

    /// <summary>Counts, files and summaries go by the plan, so a layer has the parameters that its plan declares.</summary>
    private void RequireDeclared(Layer layer)
    {
        string[] declared = [.. layer.Plan.Parameters.Select(parameter => $"{layer.Plan.NameInFiles}.{parameter.Name}: {parameter.Role}, {parameter.Count}")];
        string[] own = [.. layer.Parameters.Select(parameter => $"{parameter.Name}: {parameter.Role}, {parameter.Count}")];
        if (!declared.SequenceEqual(own))
            throw new InvalidOperationException($"{Plan.Name}.{layer.Name} has the parameters [{string.Join("; ", own)}], but its plan declares [{string.Join("; ", declared)}]; make {layer.GetType().Name} and {layer.Plan.GetType().Name} agree.");
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
