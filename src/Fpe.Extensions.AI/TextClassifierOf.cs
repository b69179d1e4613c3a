using Fpe.Data;
using Fpe.Metrics;

namespace Fpe.Extensions.AI;

/// <summary>
/// A trained classifier of texts. Any number of threads may predict with it at the same time, if its generator allows that; an update
/// returns a new classifier, so that this one serves until it is replaced.
/// </summary>
/// <typeparam name="TModel">The class of the model.</typeparam>
public sealed class TextClassifier<TModel> : IDisposable
    where TModel : Model, IModel<TModel>
{
    private const string UpdateTexts = "The texts of the update";

    private readonly TextEmbedder embedder;
    private readonly Examples examples;

    internal TextClassifier(TModel model, TextEmbedder embedder, Examples? examples)
    {
        Model = model;
        this.embedder = embedder;
        this.examples = examples ?? new Examples(model.Plan.InputCount, [], []);
    }

    /// <summary>Gets the model, which classifies embeddings as they were generated; it can be exported by itself.</summary>
    public TModel Model { get; }

    /// <summary>Gets the names of the classes, in the order of the outputs.</summary>
    public IReadOnlyList<string> Classes => Model.Meaning.ClassNames!;

    /// <summary>Gets the identity of the embedding generator.</summary>
    public string GeneratorId => embedder.Id;

    /// <summary>Gets the number of embeddings that are kept for updates.</summary>
    public int ExampleCount => examples.Count;

    /// <summary>Predicts the class of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Ends the call of the generator.</param>
    /// <exception cref="DatasetException">The text is empty.</exception>
    /// <exception cref="EmbeddingException">The generator returned what cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public async Task<ClassProbability> PredictAsync(string text, CancellationToken cancellation = default) =>
        (await PredictAsync([text], cancellation).ConfigureAwait(false))[0];

    /// <summary>Predicts the class of a text, or that it belongs to none of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="threshold">The smallest probability that is an answer; greater than 0 and less than 1.</param>
    /// <param name="cancellation">Ends the call of the generator.</param>
    /// <returns>The most probable class; null if its probability is below the threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of range.</exception>
    /// <inheritdoc cref="PredictAsync(string, CancellationToken)" path="/exception"/>
    public async Task<ClassProbability?> PredictAsync(string text, double threshold, CancellationToken cancellation = default) =>
        (await PredictAsync([text], threshold, cancellation).ConfigureAwait(false))[0];

    /// <summary>Predicts the classes of texts.</summary>
    /// <param name="texts">The texts; at least one.</param>
    /// <param name="cancellation">Ends the calls of the generator.</param>
    /// <exception cref="DatasetException">There are no texts, or one is empty.</exception>
    /// <exception cref="EmbeddingException">The generator returned what cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public async Task<ClassProbability[]> PredictAsync(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        float[] rows = await embedder.EmbedAsync("The texts to predict", texts, cancellation).ConfigureAwait(false);
        return [.. Enumerable.Range(0, texts.Count).Select(text => TopOf(rows, text, k: 1)[0])];
    }

    /// <summary>Predicts the classes of texts, or that they belong to none of them.</summary>
    /// <param name="texts">The texts; at least one.</param>
    /// <param name="threshold">The smallest probability that is an answer; greater than 0 and less than 1.</param>
    /// <param name="cancellation">Ends the calls of the generator.</param>
    /// <returns>The most probable class of each text; null if its probability is below the threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of range.</exception>
    /// <inheritdoc cref="PredictAsync(IReadOnlyList{string}, CancellationToken)" path="/exception"/>
    public async Task<ClassProbability?[]> PredictAsync(IReadOnlyList<string> texts, double threshold, CancellationToken cancellation = default)
    {
        if (threshold is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold must be greater than 0 and less than 1; leave it out to always get a class.");
        ClassProbability[] predicted = await PredictAsync(texts, cancellation).ConfigureAwait(false);
        return [.. predicted.Select(guess => guess.Probability < threshold ? (ClassProbability?)null : guess)];
    }

    /// <summary>Predicts the most probable classes of a text, the most probable first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="k">The number of classes; from 1 to all.</param>
    /// <param name="cancellation">Ends the call of the generator.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many classes.</exception>
    /// <inheritdoc cref="PredictAsync(string, CancellationToken)" path="/exception"/>
    public async Task<ClassProbability[]> PredictTopKAsync(string text, int k, CancellationToken cancellation = default) =>
        TopOf(await embedder.EmbedAsync("The text to predict", [text], cancellation).ConfigureAwait(false), text: 0, k);

    /// <summary>Measures how good the classifier is on texts that it was not trained on.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The name of the class of each text.</param>
    /// <param name="cancellation">Ends the calls of the generator.</param>
    /// <exception cref="DatasetException">A text is empty, or a label is none of the classes.</exception>
    /// <exception cref="EmbeddingException">The generator returned what cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public async Task<MetricReport> EvaluateAsync(IReadOnlyList<string> texts, IReadOnlyList<string> labels, CancellationToken cancellation = default)
    {
        const string Name = "The texts to evaluate";
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        int[] numbers = new ClassLabels(Classes).NumbersOf(Name, labels, texts.Count, "leave the text out");
        float[] rows = await embedder.EmbedAsync(Name, texts, cancellation).ConfigureAwait(false);
        return Model.Evaluate(Dataset.OfClasses(Name, Model.Plan.InputCount, rows, numbers, Classes.Count));
    }

    /// <summary>
    /// Trains a copy further on new examples of the known classes, mixed with the embeddings that were kept. The standardisation is kept.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The name of the class of each text.</param>
    /// <param name="options">The options; null for the defaults. <see cref="TextClassifierOptions.Training"/> is that of the update alone.</param>
    /// <param name="cancellation">Ends the calls of the generator, or the training after the current step.</param>
    /// <returns>The new classifier; this one is unchanged.</returns>
    /// <exception cref="DatasetException">
    /// A text or a label is empty, a label is none of the classes, or a class has neither new examples nor kept ones, so that it would be forgotten.
    /// </exception>
    /// <exception cref="EmbeddingException">The generator returned what cannot be used, or the options name another one.</exception>
    /// <exception cref="Training.TrainingOptionsException">An option is out of range or does not fit.</exception>
    /// <exception cref="Training.DivergenceException">The training diverged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public async Task<TextClassifier<TModel>> UpdateAsync(
        IReadOnlyList<string> texts, IReadOnlyList<string> labels, TextClassifierOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        if (options?.ClassNames is { } names && !names.SequenceEqual(Classes))
            throw new DatasetException(UpdateTexts, $"the options name other classes than the {Classes.Count} of the classifier; leave them out, or update to a model with more outputs.");
        var classes = new ClassLabels(Classes);
        int[] numbers = classes.NumbersOf(UpdateTexts, labels, texts.Count, $"declare a model with {Classes.Count + 1} outputs or more and call UpdateAsync with it");
        return await UpdateAsync<TModel>(texts, numbers, classes, Model.CopyTo, options, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Trains a model with more outputs further on examples of new classes, and of known ones, mixed with the embeddings that were kept. It starts from
    /// the weights of this classifier, as <see cref="ModelGrowth"/> copies them; its number of weights is the one that the compiler proved for it.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The name of the class of each text; new classes follow the known ones, in ordinal order or that of the options.</param>
    /// <param name="options">The options; null for the defaults. <see cref="TextClassifierOptions.Training"/> is that of the update alone.</param>
    /// <param name="cancellation">Ends the calls of the generator, or the training after the current step.</param>
    /// <typeparam name="TWider">A model that differs only in its last layer, which has a neuron for each known and each new class.</typeparam>
    /// <returns>The new classifier; this one is unchanged.</returns>
    /// <exception cref="ArgumentException">The model differs in more than its last layer, cannot grow, or has a budget that does not fit.</exception>
    /// <inheritdoc cref="UpdateAsync(IReadOnlyList{string}, IReadOnlyList{string}, TextClassifierOptions, CancellationToken)" path="/exception"/>
    public async Task<TextClassifier<TWider>> UpdateAsync<TWider>(
        IReadOnlyList<string> texts, IReadOnlyList<string> labels, TextClassifierOptions? options = null, CancellationToken cancellation = default)
        where TWider : Model, IModel<TWider>
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        ClassLabels classes = new ClassLabels(Classes).With(UpdateTexts, labels, options?.ClassNames);
        if (classes.Names.Count != TWider.Plan.OutputCount)
            throw new DatasetException(UpdateTexts, $"with {classes.Names.Count - Classes.Count} new classes there are {classes.Names.Count}, but {TWider.Plan.Name} has {TWider.Plan.OutputCount} outputs; give its last layer {classes.Names.Count} neurons.");
        int[] numbers = classes.NumbersOf(UpdateTexts, labels, texts.Count, "add it to the class names");
        return await UpdateAsync<TWider>(texts, numbers, classes, Model.GrowTo, options, cancellation).ConfigureAwait(false);
    }

    /// <summary>Saves the classifier as one file: the model with the names of the classes, the standardisation, the identity of the generator and the kept embeddings.</summary>
    /// <param name="path">The file. An existing one is kept until the new one is complete and on the disk.</param>
    /// <exception cref="Files.FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(string path)
    {
        if (examples.Count == 0)
            Model.Save(path);
        else
            Model.Save(path, examples.ToDataset("The kept examples", Classes.Count));
    }

    /// <summary>Frees the model; not the generator, which belongs to the caller.</summary>
    public void Dispose() => Model.Dispose();

    private async Task<TextClassifier<TNext>> UpdateAsync<TNext>(
        IReadOnlyList<string> texts, int[] labels, ClassLabels classes, Action<TNext> copy, TextClassifierOptions? options, CancellationToken cancellation)
        where TNext : Model, IModel<TNext>
    {
        options ??= new TextClassifierOptions();
        options.Validate();
        options.Training.Validate(TNext.Plan);
        if (options.GeneratorId is { } id && id != GeneratorId)
            throw new EmbeddingException(id, $"the classifier was trained on embeddings of {GeneratorId}; leave GeneratorId out, or train again.");
        TNext model = TNext.Create(Model.Seed, Model.Device);
        try
        {
            copy(model);
            model.Meaning = model.Meaning with { ClassNames = classes.Names };
            TextEmbedder next = embedder.For(TNext.Plan);
            Examples all = examples.Join(new Examples(Model.Plan.InputCount, await next.EmbedAsync(UpdateTexts, texts, cancellation).ConfigureAwait(false), labels));
            all.RequireAll(UpdateTexts, classes.Names, "the update would forget it; add texts of it, or train with ExamplesPerClass above 0");
            await ClassifierTraining.RunAsync(model, all.ToDataset(UpdateTexts, classes.Names.Count), options, standardizes: false, cancellation).ConfigureAwait(false);
            return new TextClassifier<TNext>(model, next, all.Keep(options.ExamplesPerClass, options.Seed));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private ClassProbability[] TopOf(float[] rows, int text, int k) => Model.PredictTopK(rows.AsSpan(text * Model.Plan.InputCount, Model.Plan.InputCount), k);
}
