using Fpe.Compute;
using Microsoft.ML;

namespace Fpe.ML;

/// <summary>The trainers of networks in the catalogs of ML.NET: <c>mlContext.MulticlassClassification.Trainers.Network&lt;IrisNet&gt;()</c>.</summary>
public static class NetworkCatalog
{
    /// <summary>
    /// Trains a classifier: the label is a key with as many values as the model has outputs; predictions are <c>PredictedLabel</c>, a
    /// key with the label's values, and <c>Score</c>, the probabilities of the classes.
    /// </summary>
    /// <typeparam name="TModel">The class of the model.</typeparam>
    /// <param name="trainers">The catalog.</param>
    /// <param name="options">The options; null for their defaults.</param>
    /// <exception cref="Training.TrainingOptionsException">An option is out of range.</exception>
    public static NetworkTrainer<TModel> Network<TModel>(this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, NetworkOptions? options = null)
        where TModel : Model, IModel<TModel> => Create<TModel, MulticlassTask>(trainers, options);

    /// <summary>
    /// Trains a classifier whose answers do not exclude each other: the label is a vector of Boolean or Single, one for each output of
    /// the model; predictions are the vectors <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c>.
    /// </summary>
    /// <inheritdoc cref="Network{TModel}(MulticlassClassificationCatalog.MulticlassClassificationTrainers, NetworkOptions?)"/>
    public static NetworkTrainer<TModel> MultiLabelNetwork<TModel>(this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, NetworkOptions? options = null)
        where TModel : Model, IModel<TModel> => Create<TModel, MultiLabelTask>(trainers, options);

    /// <summary>
    /// Trains a binary classifier: the label is Boolean, and the model has one output, or two; predictions are <c>PredictedLabel</c>,
    /// <c>Score</c>, the logarithm of the odds, and <c>Probability</c>.
    /// </summary>
    /// <inheritdoc cref="Network{TModel}(MulticlassClassificationCatalog.MulticlassClassificationTrainers, NetworkOptions?)"/>
    public static NetworkTrainer<TModel> Network<TModel>(this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, NetworkOptions? options = null)
        where TModel : Model, IModel<TModel> => Create<TModel, BinaryTask>(trainers, options);

    /// <summary>Trains a regression: the label is a number, or a vector of as many as the model has outputs; the prediction is <c>Score</c>.</summary>
    /// <inheritdoc cref="Network{TModel}(MulticlassClassificationCatalog.MulticlassClassificationTrainers, NetworkOptions?)"/>
    public static NetworkTrainer<TModel> Network<TModel>(this RegressionCatalog.RegressionTrainers trainers, NetworkOptions? options = null)
        where TModel : Model, IModel<TModel> => Create<TModel, RegressionTask>(trainers, options);

    /// <summary>
    /// Makes files with networks of a class loadable: call it before <c>mlContext.Model.Load</c> in a program that has not created a
    /// trainer of the class with this context. Calling it again changes the device only.
    /// </summary>
    /// <typeparam name="TModel">The class of the model.</typeparam>
    /// <param name="context">The context that loads.</param>
    /// <param name="device">The device that predicts; null for <see cref="Device.Default"/>.</param>
    public static void RegisterNetwork<TModel>(this MLContext context, Device? device = null)
        where TModel : Model, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(context);
        NetworkLoader.Add(context.ComponentCatalog, NetworkTrainer<TModel>.NameOfClass, NetworkTrainer<TModel>.Loader(device));
    }

    private static NetworkTrainer<TModel> Create<TModel, TTask>(TrainCatalogBase.CatalogInstantiatorBase trainers, NetworkOptions? options)
        where TModel : Model, IModel<TModel>
        where TTask : NetworkTask
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new NetworkTrainer<TModel>(MLNetAccess.EnvironmentOf(trainers), NetworkTask.Get<TTask>(), options ?? new NetworkOptions());
    }
}
