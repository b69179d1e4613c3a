using Fpe.Compute;
using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;

namespace Samples.Refine;

/// <summary>A way to train the imported parent further.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Create">Creates the model of a seed.</param>
/// <param name="Start">From what edges are learned, if they are.</param>
internal sealed record Refinement(string Name, Func<long, Model> Create, EdgeStart? Start = null)
{
    private const int Epochs = 50;

    public static Refinement Of<TModel>(string name, EdgeStart? start = null)
        where TModel : Model, IModel<TModel> => new(name, seed => TModel.Create(seed, Device.Default), start);

    /// <summary>Imports the parent, trains for as many epochs as every other way, and returns weights and test accuracy in percent.</summary>
    public (long Weights, double Accuracy) Run(long seed, Dataset train, Dataset test)
    {
        using Model model = Create(seed);
        if (Start != EdgeStart.Random) // which does not use the parent
            model.ImportWeights(RefineData.Parent);
        var options = new TrainingOptions
        {
            Epochs = Epochs,
            Optimizer = new Adam(3e-3),
            Schedule = new CosineSchedule(),

            // At once: the parent has been trained. EdgeStart.Split learns edges from its weights, and not from new ones.
            ExpandAfter = 0,
            EdgeLearning = Start is { } start ? new GradualPruning { Start = start } : null,
        };
        new Trainer(options).Fit(model, train);
        return (model.WeightCount, 100 * model.Evaluate(test).Accuracy);
    }
}
