using Fpe.Cli;
using Fpe.Training;

namespace Samples.Digits;

/// <summary>The comparison: data, training and the available models.</summary>
internal static class DigitsStudy
{
    public static StudyDefinition Definition { get; } = new(
        "Digits",
        "Handwritten digits of 8 × 8 pixels: a network expanded at a fixed number of weights against its dense parent.",
        DigitsData.Load)
    {
        Files = [DigitsData.File],
        Training = new TrainingOptions { Epochs = 50, BatchSize = 32, Optimizer = new Adam(3e-3) },
        Models =
        [
            StudyModel.Of<DigitsNet>(),
            StudyModel.Of<DigitsNet4x2>(),
            StudyModel.Of<DigitsNet8x2>(),
            StudyModel.Of<DigitsNet8x4>(),
            StudyModel.Of<DigitsNet16x2>(),
            StudyModel.Of<DigitsNet16x4>(),
            StudyModel.Of<DigitsNet32x2>(),
            StudyModel.Of<DigitsNet32x4>(),
            StudyModel.Of<DigitsPatchNet>(),
            StudyModel.Of<DigitsFeatureNet>(),
            StudyModel.Of<DigitsDealNet>(),
        ],
    };
}
