using Fpe.Data;

namespace Fpe;

/// <summary>Prepares a data set for a model: its samples, and targets, are standardised as the model says.</summary>
internal static class MeaningData
{
    /// <summary>Returns the data set with samples, and targets, standardised as the model says.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataset">The data as it was read, or with samples that were standardised in the same way.</param>
    /// <exception cref="DatasetException">The samples were standardised in another way, or do not fit.</exception>
    public static Dataset Prepare(this Model model, Dataset dataset)
    {
        Dataset prepared = WithFeatures(model, dataset);
        if (model.Meaning.Targets is not { } targets)
            return prepared;
        if (prepared.Targets is null)
            throw new DatasetException(dataset.Name, $"its samples have classes, but {model.Plan.Name} standardises targets; give the samples target values.");
        if (targets.FeatureCount != prepared.OutputCount)
            throw new DatasetException(dataset.Name, $"its samples have {prepared.OutputCount} target values, but {model.Plan.Name} standardises {targets.FeatureCount}; pass data of the same kind.");
        return prepared.WithTargets(targets.Apply(prepared.Targets));
    }

    /// <summary>Returns the data set with samples standardised as the model says.</summary>
    public static Dataset WithFeatures(Model model, Dataset dataset)
    {
        if (model.Meaning.Features is not { } features)
            return dataset;
        if (dataset.Standardization is not { } own)
            return features.Apply(dataset);
        return own.Equals(features)
            ? dataset
            : throw new DatasetException(dataset.Name, $"its samples were standardised with other means or deviations than those of {model.Plan.Name}; pass them as they were read.");
    }
}
