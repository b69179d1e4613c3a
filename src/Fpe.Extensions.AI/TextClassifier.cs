using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI;

/// <summary>
/// Trains and loads classifiers of texts: <c>await TextClassifier.TrainAsync&lt;SectionNet&gt;(generator, texts, labels)</c>. An embedding
/// generator turns texts into vectors, which a declared model classifies.
/// </summary>
public static class TextClassifier
{
    private const string TrainingTexts = "The training texts";

    /// <summary>Trains a classifier.</summary>
    /// <param name="generator">
    /// Turns texts into vectors of as many values as the model reads; the caller disposes of it, after the classifier. <see cref="EmbeddingCaching.CachedIn"/>
    /// keeps its vectors on disk.
    /// </param>
    /// <param name="texts">The texts; none is empty.</param>
    /// <param name="labels">The name of the class of each text.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellation">Ends the calls of the generator, or the training after the current step.</param>
    /// <typeparam name="TModel">The class of the model, with an output for each class; of two classes, also with one.</typeparam>
    /// <exception cref="DatasetException">A text or a label is empty, a class has no texts, or the number of classes is not that of the model.</exception>
    /// <exception cref="EmbeddingException">The generator has no identity, or returned what cannot be used.</exception>
    /// <exception cref="Training.TrainingOptionsException">An option is out of range or does not fit.</exception>
    /// <exception cref="Training.DivergenceException">The training diverged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<TextClassifier<TModel>> TrainAsync<TModel>(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<string> texts, IReadOnlyList<string> labels,
        TextClassifierOptions? options = null, CancellationToken cancellation = default)
        where TModel : Model, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(generator);
        options ??= new TextClassifierOptions();
        options.Validate();
        options.Training.Validate(TModel.Plan);
        var embedder = new TextEmbedder(generator, GeneratorIdentity.Of(generator, options.GeneratorId), options.EmbeddingBatchSize, TModel.Plan);
        GeneratorIdentity.RequireWidth(generator, embedder.Id, TModel.Plan);
        embedder.RequireTexts(TrainingTexts, texts);
        var classes = ClassLabels.Of(TrainingTexts, labels, options.ClassNames);
        int[] numbers = classes.NumbersOf(TrainingTexts, labels, texts.Count, "add it to the class names");
        RequireClasses(TModel.Plan, classes);
        var examples = new Examples(TModel.Plan.InputCount, await embedder.EmbedAsync(TrainingTexts, texts, cancellation).ConfigureAwait(false), numbers);
        examples.RequireAll(TrainingTexts, classes.Names, "add texts, or remove it from the class names");

        TModel model = TModel.Create(options.Seed, options.Device ?? Device.Default);
        try
        {
            model.Meaning = new ModelMeaning { Task = TaskOf(TModel.Plan), ClassNames = classes.Names, Encoder = embedder.Id };
            await ClassifierTraining.RunAsync(model, examples.ToDataset(TrainingTexts, classes.Names.Count), options, options.Standardize, cancellation).ConfigureAwait(false);
            return new TextClassifier<TModel>(model, embedder, examples.Keep(options.ExamplesPerClass, options.Seed));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Loads a classifier that was saved.</summary>
    /// <param name="path">The file.</param>
    /// <param name="generator">A generator of the same identity; the caller disposes of it, after the classifier.</param>
    /// <param name="generatorId">The identity of the generator; null for what it names in its metadata.</param>
    /// <param name="device">The device that predicts; null for <see cref="Device.Default"/>.</param>
    /// <typeparam name="TModel">The class of the model.</typeparam>
    /// <exception cref="EmbeddingException">The generator has no identity, has another one, or embeds in another number of values.</exception>
    /// <exception cref="Files.FileAccessException">The file cannot be read.</exception>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The file has another format or unsupported content.</exception>
    /// <exception cref="CheckpointMismatchException">The file belongs to another model, or is not that of a text classifier.</exception>
    /// <exception cref="CheckpointValueException">A number is invalid.</exception>
    public static TextClassifier<TModel> Load<TModel>(
        string path, IEmbeddingGenerator<string, Embedding<float>> generator, string? generatorId = null, Device? device = null)
        where TModel : Model, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(generator);
        string id = GeneratorIdentity.Of(generator, generatorId);
        GeneratorIdentity.RequireWidth(generator, id, TModel.Plan);
        TModel model = ModelFile.Load<TModel>(path, out Dataset? examples, device);
        try
        {
            if (model.Meaning is not { Encoder: { } encoder, ClassNames: not null, Task: ModelTask.Classification or ModelTask.BinaryClassification })
                throw new CheckpointMismatchException(path, "it has a model, but no names of classes and identity of an embedding generator; load it with Load of the model, or save a TextClassifier.");
            if (encoder != id)
                throw new EmbeddingException(id, $"{path} was trained on embeddings of {encoder}, which mean something else; load it with that generator, or train again.");
            return new TextClassifier<TModel>(model, new TextEmbedder(generator, id, new TextClassifierOptions().EmbeddingBatchSize, TModel.Plan), examples is null ? null : Examples.Of(examples));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Checks that a model has an output for each class.</summary>
    /// <exception cref="DatasetException">It has not.</exception>
    internal static void RequireClasses(ModelPlan plan, ClassLabels classes)
    {
        int count = classes.Names.Count;
        if (count < 2)
            throw new DatasetException(TrainingTexts, $"all have the label '{classes.Names[0]}', so there is nothing to learn; add texts of another class.");
        if (count != Math.Max(2, plan.OutputCount))
            throw new DatasetException(TrainingTexts, $"there are {count} classes, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {count} neurons.");
    }

    private static ModelTask TaskOf(ModelPlan plan) => plan.OutputCount == 1 ? ModelTask.BinaryClassification : ModelTask.Classification;
}
