using Fpe.Data;
using Fpe.Training;

namespace Samples.DigitsService;

/// <summary>Trains the model that the service predicts with.</summary>
internal static class DigitsModel
{
    private const int Pixels = 64;
    private const int Classes = 10;
    private const int TrainCount = 1437;

    /// <summary>Trains on pixels as they are, from 0 to 16: the model standardises them itself.</summary>
    /// <param name="file">Where to save the model.</param>
    public static void Train(string file)
    {
        Dataset digits = CsvClasses.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"), Pixels, Classes);
        (Dataset train, Dataset test) = digits.Divide("train", TrainCount, "test", seed: 1);
        using var model = new DigitNet(seed: 0);
        model.Meaning = new ModelMeaning
        {
            ClassNames = [.. Enumerable.Range(0, Classes).Select(digit => $"{digit}")],
            Features = Standardization.PerFeature(train),
        };
        new Trainer(new TrainingOptions { Epochs = 50, BatchSize = 32, Optimizer = new Adam(3e-3) }).Fit(model, train, test);
        model.Save(file);
    }
}
