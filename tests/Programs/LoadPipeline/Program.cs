// Loads a pipeline in a process that never trained, and prints its answers for rows of a file: the bits of all probabilities.
using System.Globalization;
using Fpe.ML;
using LoadPipeline;
using Microsoft.ML;

var mlContext = new MLContext();
if (args is not [.., "unregistered"])
    mlContext.RegisterNetwork<DigitsNet>();
ITransformer model = mlContext.Model.Load(args[0], out DataViewSchema _);
PredictionEngine<DigitRow, DigitAnswer> engine = mlContext.Model.CreatePredictionEngine<DigitRow, DigitAnswer>(model);
foreach (string line in File.ReadLines(args[1]))
{
    DigitAnswer answer = engine.Predict(new DigitRow { Features = [.. line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture))] });
    Console.WriteLine($"{answer.PredictedLabel} {string.Join(' ', answer.Score.Select(BitConverter.SingleToUInt32Bits))}");
}
