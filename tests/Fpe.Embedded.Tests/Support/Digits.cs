using Fpe.Data;
using Fpe.Quantization;
using Fpe.Training;
using Samples.Digits;

namespace Fpe.Embedded.Tests.Support;

/// <summary>The digits network of the first sample, trained as there.</summary>
internal static class Digits
{
    private static readonly Lazy<(Dataset First, Dataset Second)> Read = new(() => CsvClasses
        .Read(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"), 64, 10, scale: 1 / 16f)
        .Divide("train", 1437, "test", seed: 1));

    private static readonly Lazy<(DigitsNet Model, Predictor Bytes)> Trained = new(TrainOne);

    /// <summary>The network in floating point.</summary>
    public static DigitsNet Model => Trained.Value.Model;

    /// <summary>The network in bytes.</summary>
    public static Predictor Bytes => Trained.Value.Bytes;

    /// <summary>How networks are trained.</summary>
    public static TrainingOptions Options { get; } = new() { Epochs = 30, BatchSize = 32, Optimizer = new Adam(3e-3) };

    /// <summary>Digits to train with.</summary>
    public static Dataset Train => Read.Value.First;

    /// <summary>Digits that no network was trained with.</summary>
    public static Dataset Test => Read.Value.Second;

    private static (DigitsNet Model, Predictor Bytes) TrainOne()
    {
        var model = new DigitsNet(seed: 1);
        new Trainer(Options).Fit(model, Train);
        return (model, model.Quantize(Train));
    }
}
