namespace Fpe;

/// <summary>
/// A trained network that only predicts: <c>model.ToPredictor()</c>, or <c>DigitsNet.LoadPredictor("net.safetensors")</c>. Its weights never
/// change, so training the model further does not affect it. <see cref="Predictions"/> has its other methods.
/// </summary>
/// <remarks>
/// Any number of threads may predict at once and get the same bits. Each call has its own buffers, which are reused: methods that write to a
/// span allocate nothing once the highest number of calls at once has been reached. Memory is that of the weights and of these buffers; there
/// are no gradients. <see cref="Dispose"/> never waits: calls in progress complete normally, later ones throw an
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class Predictor : IPredictor, IDisposable
{
    private readonly IOutputSource source;
    private readonly TaskPredictor tasks;
    private readonly Action free;

    /// <summary>Takes over a model that nothing else uses.</summary>
    internal Predictor(Model model)
        : this(model, model.WeightCount, model.Dispose)
    {
        foreach (Parameter parameter in model.Parameters)
            parameter.FreeGradient();
    }

    /// <summary>Predicts from what computes outputs.</summary>
    /// <param name="source">What computes outputs, and never changes.</param>
    /// <param name="weightCount">The number of its non-zero weights.</param>
    /// <param name="free">Frees it.</param>
    internal Predictor(IOutputSource source, long weightCount, Action free) =>
        (this.source, tasks, WeightCount, this.free) = (source, new TaskPredictor(source), weightCount, free);

    /// <inheritdoc/>
    public ModelPlan Plan => source.Plan;

    /// <inheritdoc/>
    public ModelMeaning Meaning => source.Meaning;

    /// <summary>The number of non-zero weights.</summary>
    public long WeightCount { get; }

    /// <summary>What computes outputs.</summary>
    internal IOutputSource Source => source;

    /// <inheritdoc/>
    TaskPredictor IPredictor.Tasks => tasks;

    /// <summary>
    /// Predicts the class of one sample: the one with the largest output, the first of equal ones, or 0 or 1 for binary classification.
    /// </summary>
    /// <param name="input">One sample, as it was read.</param>
    /// <exception cref="TaskMismatchException">The task has no single class.</exception>
    /// <exception cref="ArgumentException">The length is not that of one sample, or a value is not finite.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public int Predict(ReadOnlySpan<float> input) => tasks.Class(input);

    /// <summary>Predicts the class of a sample of tokens.</summary>
    /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
    /// <exception cref="TaskMismatchException">The task has no single class.</exception>
    /// <exception cref="ArgumentException">There are no tokens or too many, or one is not in the vocabulary.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public int Predict(ReadOnlySpan<int> tokens) => tasks.Class(tokens);

    /// <summary>
    /// Predicts what a single output means for one sample: 0 or 1 for binary classification, otherwise the number in the units of the targets.
    /// </summary>
    /// <param name="input">One sample, as it was read.</param>
    /// <exception cref="ArgumentException">The length is not that of one sample, or a value is not finite.</exception>
    /// <exception cref="TaskMismatchException">There are several outputs.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public float PredictValue(ReadOnlySpan<float> input)
    {
        RequireSingleOutput();
        return tasks.Value(input);
    }

    /// <summary>As <see cref="PredictValue(ReadOnlySpan{float})"/>, for a sample of tokens.</summary>
    /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
    /// <exception cref="ArgumentException">There are no tokens or too many, or one is not in the vocabulary.</exception>
    /// <exception cref="TaskMismatchException">There are several outputs.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public float PredictValue(ReadOnlySpan<int> tokens)
    {
        RequireSingleOutput();
        return tasks.Value(tokens);
    }

    /// <summary>Frees the memory as soon as no call uses it.</summary>
    public void Dispose() => free();

    private void RequireSingleOutput()
    {
        if (Plan.OutputCount != 1)
            throw new TaskMismatchException(Plan.Name, $"it has {Plan.OutputCount} outputs, not a single value; call PredictValues.");
    }
}
