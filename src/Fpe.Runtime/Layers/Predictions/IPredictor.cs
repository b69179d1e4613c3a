namespace Fpe;

/// <summary>What predicts: a <see cref="Model"/>, or a <see cref="Predictor"/> made from one. <see cref="Predictions"/> has its methods.</summary>
public interface IPredictor
{
    /// <summary>The model as it was declared.</summary>
    ModelPlan Plan { get; }

    /// <summary>What the outputs mean: the task, the names of the classes, and how samples and targets are standardised.</summary>
    ModelMeaning Meaning { get; }

    /// <summary>Predicts what the outputs mean. Internal, so that only this library implements the interface.</summary>
    internal TaskPredictor Tasks { get; }
}
