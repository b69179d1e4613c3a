using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe;

/// <summary>
/// A network declared as an annotated partial class. It starts as the initialised dense parent; <see cref="Expand()"/> turns it into the
/// wider network with the same number of non-zero weights.
/// </summary>
/// <remarks>
/// Any number of threads may predict with one model concurrently, and read or save it meanwhile: each call has its own buffers, which the
/// model reuses for later calls. Calls that change a model (training, expanding, loading, copying into it) require exclusive access: a call
/// that conflicts with another fails immediately with a <see cref="ModelInUseException"/>. <see cref="Dispose()"/> never waits: calls in
/// progress complete normally, later ones throw an <see cref="ObjectDisposedException"/>. Several models may share a device.
/// </remarks>
public abstract class Model : IPredictor, IOutputSource, IDisposable
{
    private readonly Layer[] layers;
    private readonly PredictionBuffers predictionBuffers;
    private volatile ModelMeaning meaning = ModelMeaning.Unknown;

    /// <summary>Creates an initialised dense parent; called by generated code.</summary>
    /// <param name="plan">The model as it was declared.</param>
    /// <param name="seed">Seed of the initial weights and of the split.</param>
    /// <param name="device">The device that holds the model.</param>
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
        Tasks = new TaskPredictor(this);
        ConnectLayers();
        CheckCounts("the dense parent", plan.DenseWeights, plan.DenseBiases);
    }

    /// <summary>The model as it was declared.</summary>
    public ModelPlan Plan { get; }

    /// <summary>Seed of the initial weights and of the split.</summary>
    public long Seed { get; }

    /// <summary>The device that holds the model.</summary>
    public Device Device { get; }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <summary>All learned values and running statistics of the model, from input to output. <see cref="Expand()"/> replaces them.</summary>
    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <summary>
    /// What the outputs mean: the task, the names of the classes, and how samples and targets are standardised. Setting it changes
    /// the model.
    /// </summary>
    /// <exception cref="ModelMeaningException">It does not fit the model, which is unchanged.</exception>
    /// <exception cref="ModelInUseException">Another call is using the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ModelMeaning Meaning
    {
        get => meaning;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            MeaningFit.Check(value, Plan);
            using ModelAccess.Scope scope = Access.Write(ModelUse.Changing);
            meaning = value;
        }
    }

    /// <summary>Whether <see cref="Expand()"/> has been called.</summary>
    public bool IsExpanded { get; private set; }

    /// <summary>Current number of non-zero weights.</summary>
    public long WeightCount => Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);

    /// <summary>Current number of biases, including scales and shifts of normalisation layers.</summary>
    public long BiasCount => Parameters.Where(parameter => parameter.Role.CountsAsBias()).Sum(parameter => (long)parameter.Count);

    /// <summary>The fully connected layers, from input to output.</summary>
    internal IEnumerable<Linear> Linears => layers.OfType<Linear>();

    /// <summary>The layers whose edges expansion and pruning may change.</summary>
    internal IEnumerable<EdgeLayer> EdgeLayers => layers.Where((_, l) => Plan.HasEdges(l)).Cast<EdgeLayer>();

    /// <summary>Whether the weights may be others than the initial ones: they were trained, loaded, copied or imported.</summary>
    internal bool IsTrained { get; set; }

    /// <summary>Predicts what the outputs mean.</summary>
    internal TaskPredictor Tasks { get; }

    /// <inheritdoc/>
    TaskPredictor IPredictor.Tasks => Tasks;

    /// <inheritdoc/>
    ModelAccess IOutputSource.Access => Access;

    /// <summary>Tracks the current users of the model.</summary>
    internal ModelAccess Access { get; }

    /// <summary>Number of times the structure has changed; buffers allocated at another count no longer fit.</summary>
    internal int Structure { get; private set; }

    /// <summary>
    /// Replaces each neuron of the expanded layers by its children, and prunes to the budget (arXiv 2510.04500, section 3). Children
    /// inherit the values, but the model no longer computes the same function, so it must be trained (further).
    /// </summary>
    /// <inheritdoc cref="Expand(ExpansionMethod)" path="/exception"/>
    public void Expand() => Expand(SplitExpansion.Default);

    /// <summary>Turns the dense parent into the wider network with the given method.</summary>
    /// <param name="method">Chooses the edges of the network and their initial values; <see cref="SplitExpansion"/> is the usual choice.</param>
    /// <exception cref="InvalidOperationException">The model is already expanded, or none of its layers declares an expansion.</exception>
    /// <exception cref="ExpansionException">The plan cannot be carried out, or a weight is not finite; the model is unchanged.</exception>
    /// <exception cref="ModelInUseException">Another call is using the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void Expand(ExpansionMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        using ModelAccess.Scope scope = Access.Write(ModelUse.Expanding);
        ExpandAlone(method);
    }

    /// <summary>As <see cref="Expand(ExpansionMethod)"/>, for a caller with exclusive access to the model.</summary>
    internal void ExpandAlone(ExpansionMethod method)
    {
        if (IsExpanded)
            throw new InvalidOperationException($"{Plan.Name} is already expanded; a model can be expanded only once.");
        if (!Plan.IsExpanded)
            throw new InvalidOperationException($"{Plan.Name} has no layer to expand; put [Expand(factor: …)] on a hidden layer.");
        if (Plan.LearnsEdges)
            throw new InvalidOperationException($"{Plan.Name} learns its edges during training; call Trainer.Fit, which expands it.");

        Restructure(method.Expand(ToParents(), Plan.ExpandedLinearWeights, Seed));
    }

    /// <summary>
    /// Turns the dense parent into the wide network from which edges are learned, for a caller with exclusive access to the model.
    /// </summary>
    /// <param name="expand">Creates the layers from those of the dense parent, their shapes, the budget and the seed.</param>
    internal void ExpandToLearn(Func<ParentLayer[], LayerShape[], long, long, ExpandedLayer[]> expand) =>
        Restructure(expand(ToParents(), Plan.LayerShapes(), Plan.ExpandedLinearWeights, Seed));

    /// <summary>
    /// Copies the parameters and the meaning of this model to another one, and its structure if it is expanded; both are independent
    /// afterwards. This way, a dense parent can be trained once and expanded in several ways.
    /// </summary>
    /// <param name="other">
    /// A dense parent with the same layers, on any device; its planned expansions may differ if this model is not expanded. It keeps its
    /// own seed, which determines its partitions.
    /// </param>
    /// <exception cref="ArgumentException">The other model's layers differ, or it is this one.</exception>
    /// <exception cref="InvalidOperationException">The other model is already expanded.</exception>
    /// <exception cref="ModelInUseException">Another call is changing this model or using the other one.</exception>
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

    /// <summary>Copies the weights into a predictor, which stays as it is when this model is trained further.</summary>
    /// <param name="device">The device that holds the predictor; null for that of the model.</param>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public Predictor ToPredictor(Device? device = null)
    {
        using ModelAccess.Scope scope = Access.Read(ModelUse.Copying);
        var copy = new PlannedModel(Plan, Seed, device ?? Device);
        try
        {
            CopyAlone(copy);
            return new Predictor(copy);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private void CopyAlone(Model other)
    {
        if (other.IsExpanded)
            throw new InvalidOperationException($"{other.Plan.Name} is already expanded; copy to a new model.");
        Plan.RequireSameLayers(other.Plan, IsExpanded);
        if (IsExpanded)
            other.Restructure([.. EdgeLayers.Select(layer => new ExpandedLayer(layer.Edges, layer.ReadWeights(), layer.ReadBiases()))]);
        foreach ((Parameter own, Parameter copy) in Parameters.Zip(other.Parameters))
            own.CopyTo(copy);
        (other.meaning, other.IsTrained) = (meaning, IsTrained);
    }

    /// <summary>Sets the meaning, for a caller with exclusive access to the model that has checked it.</summary>
    internal void MeanAlone(ModelMeaning value) => meaning = value;

    /// <summary>Returns a table of the layers: shapes, children, weights before and after.</summary>
    /// <inheritdoc cref="BeginRead" path="/exception"/>
    public ModelSummary Summarize()
    {
        using ModelAccess.Scope scope = Access.Read(ModelUse.Reading);
        return ModelSummary.Of(this);
    }

    /// <summary>
    /// Prevents changes to the model until the result is disposed, so that values read from several layers are consistent. Other threads
    /// may read and predict meanwhile; calls that would change the model fail.
    /// </summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public IDisposable BeginRead()
    {
        int stripe = Access.EnterRead(ModelUse.Reading);
        return new ModelHold(() => Access.ExitRead(stripe));
    }

    /// <summary>
    /// Gives the calling thread exclusive access to the model until the result is disposed, so that it can write to parameters. The thread
    /// may read and predict meanwhile.
    /// </summary>
    /// <exception cref="ModelInUseException">Another call is using the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public IDisposable BeginWrite()
    {
        Access.EnterWrite(ModelUse.Changing);
        IsTrained = true;
        return new ModelHold(Access.ExitWrite);
    }

    /// <summary>Frees the model's memory as soon as no call uses it; calls in progress are not affected.</summary>
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

    /// <summary>Computes the gradients of all parameters from the gradient with respect to the outputs of the last forward pass.</summary>
    /// <param name="buffers">The buffers of the forward pass.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="afterLayer">Called with the position of each layer as soon as the gradients of its parameters are complete; null for none.</param>
    internal void Backward(PassBuffers buffers, in Pass pass, Action<int>? afterLayer = null)
    {
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            if (!buffers.HasGradient(l))
                continue;
            layers[l].Backward(buffers.InputsOf(l), buffers.InputGradientsOf(l), buffers[l], pass);
            buffers.AddInputGradients(l, pass.Batch);
            afterLayer?.Invoke(l);
        }
    }

    /// <summary>Returns the layer at a position; called by generated code.</summary>
    /// <typeparam name="TLayer">The layer's type.</typeparam>
    /// <param name="index">Position of the layer, from 0.</param>
    protected TLayer LayerAt<TLayer>(int index)
        where TLayer : Layer => (TLayer)layers[index];

    /// <summary>Computes the outputs of one or more samples; called by generated code.</summary>
    /// <param name="inputs">Samples row by row: [batch, inputs].</param>
    /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
    /// <exception cref="ArgumentException">A length is not a whole number of samples, or the lengths do not match.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    protected internal void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        (int width, int outputWidth) = (Plan.InputCount, Plan.OutputCount);
        int samples = Math.DivRem(inputs.Length, width, out int rest);
        if (rest != 0)
            throw new ArgumentException($"{Plan.Name} reads samples of {width} values, but got {inputs.Length} values, which is not a whole number of samples.", nameof(inputs));
        if (outputs.Length != (long)samples * outputWidth)
            throw new ArgumentException($"{Plan.Name} computes {outputWidth} outputs for each of {samples} samples, but the span has room for {outputs.Length} values.", nameof(outputs));

        using ModelAccess.Scope scope = Access.Read(ModelUse.Predicting);
        ForwardAlone(inputs, outputs, samples);
    }

    /// <summary>Predicts the class of one sample: the one with the largest output, the first of equal ones; called by generated code.</summary>
    /// <param name="input">One sample, as it was read.</param>
    /// <exception cref="TaskMismatchException">The task has no single class.</exception>
    /// <exception cref="ArgumentException">The length is not that of one sample, or a value is not finite.</exception>
    /// <exception cref="InvalidOperationException">An output is not a number although all values of the sample are finite.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    protected int PredictClass(ReadOnlySpan<float> input) => Tasks.Class(input);

    /// <summary>Predicts the class of a sample of tokens; called by generated code.</summary>
    /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
    /// <exception cref="ArgumentException">There are no tokens or too many, or one is not in the vocabulary.</exception>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{float})" path="/exception"/>
    protected int PredictClass(ReadOnlySpan<int> tokens) => Tasks.Class(tokens);

    /// <summary>
    /// Predicts what a model with a single output means: 0 or 1 for binary classification, and otherwise the number, in the units of the
    /// targets; called by generated code.
    /// </summary>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{float})" path="/param"/>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{float})" path="/exception"/>
    protected float PredictValue(ReadOnlySpan<float> input) => Tasks.Value(input);

    /// <summary>Predicts what a model with a single output means for a sample of tokens; called by generated code.</summary>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{int})" path="/param"/>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{int})" path="/exception"/>
    protected float PredictValue(ReadOnlySpan<int> tokens) => Tasks.Value(tokens);

    /// <summary>Frees the model's memory; called once, after the last call has ended.</summary>
    protected virtual void Dispose(bool disposing)
    {
        predictionBuffers.Free();
        foreach (Layer layer in layers)
            layer.Free();
    }

    /// <inheritdoc/>
    void IOutputSource.ForwardAlone(ReadOnlySpan<float> inputs, Span<float> outputs, int samples) => ForwardAlone(inputs, outputs, samples);

    /// <summary>As <see cref="ForwardBatch"/>, for a caller that has checked the lengths and reads the model.</summary>
    internal void ForwardAlone(ReadOnlySpan<float> inputs, Span<float> outputs, int samples)
    {
        if (samples == 0)
            return;
        PassBuffers buffers = predictionBuffers.Take(samples);
        (int width, int outputWidth) = (Plan.InputCount, Plan.OutputCount);
        for (int start = 0; start < samples; start += buffers.Inputs.Capacity)
        {
            int batch = Math.Min(buffers.Inputs.Capacity, samples - start);
            buffers.Inputs.Write(inputs.Slice(start * width, batch * width), batch);
            Forward(buffers, Pass.Predicting(batch));
            buffers.Output.Read(outputs.Slice(start * outputWidth, batch * outputWidth), batch);
        }

        predictionBuffers.Return(buffers);
    }

    /// <summary>Takes over the structure and values of an expanded model; the caller has exclusive access to the model.</summary>
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

    /// <summary>Checks that a layer has the parameters that its plan declares, because counts, files and summaries rely on the plan.</summary>
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
