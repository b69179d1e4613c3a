using Fpe.Data;
using Fpe.Metrics;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Metrics;

/// <summary>Metrics of small data, whose values were computed from the definitions by other code: areas by comparing all pairs.</summary>
public class MetricReportTests
{
    private static readonly MetricReport Classes = Report(
        ModelTask.Classification, 3,
        [2, 1, 0, 0, 2, 1.5f, 0, 1, 2, 0, 2, 1, 0, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0],
        [0, 1, 2, 2, 1, 0, 2, 1]);

    private static readonly MetricReport Binary = Report(
        ModelTask.BinaryClassification, 1, Logits(.1, .4, .35, .8, .35, .6, .45), [0, 0, 1, 1, 0, 1, 1]);

    private static readonly MetricReport Labels = Report(
        ModelTask.MultiLabel, 3, Logits(.9, .2, .6, .3, .4, .1, .6, .7, .7, .2, .1, .4), [1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1]);

    private static readonly MetricReport Numbers = Report(
        ModelTask.Regression, 2, [2.5f, 0, 2, 1.5f, 8, 3, 4.5f, 2.25f], [3, -0.5f, 2, 1, 7, 4, 5, 2]);

    [Fact]
    public void Classification()
    {
        Assert.Equal(0.625, Classes.Accuracy);
        Assert.Equal([0.625, 0.875, 1], ((int[])[1, 2, 3]).Select(Classes.TopKAccuracy));
        Near(0.9409768714381874, Classes.LogLoss);
        Near(0.6666666666666666, Classes.Precision());
        Near(0.6111111111111112, Classes.Recall());
        Near(0.6238095238095239, Classes.F1());
        Near(0.625, Classes.Precision(Average.Micro));
        Near(0.625, Classes.Recall(Average.Micro));
        Near(0.625, Classes.F1(Average.Micro));
        Near(0.6875, Classes.Precision(Average.Weighted));
        Near(0.625, Classes.Recall(Average.Weighted));
        Near(0.6392857142857143, Classes.F1(Average.Weighted));
        Assert.Equal([0.5, 4 / 7.0, 0.8], Classes.ScoresByClass.Select(scores => scores.F1));
        Assert.Equal([new ClassScores(1, 1, 1), new(2, 2, 1), new(2, 0, 1)], Classes.ScoresByClass);
        Near(0.6777777777777777, Classes.RocAuc);
        Near(0.6433862433862433, Classes.AveragePrecision);
    }

    [Fact]
    public void Binary_classification()
    {
        Near(5 / 7.0, Binary.Accuracy);
        Near(0.5184668644732745, Binary.LogLoss);
        Near(1, Binary.Precision());
        Near(0.5, Binary.Recall());
        Near(2 / 3.0, Binary.F1());
        Near((0.75 + (2 / 3.0)) / 2, Binary.F1(Average.Macro));
        Near(0.875, Binary.RocAuc);
        Near(0.9166666666666666, Binary.AveragePrecision);
    }

    [Fact]
    public void Multi_label_classification()
    {
        Near(0.25, Labels.Accuracy);
        Near(0.4611603377571325, Labels.LogLoss);
        Near(0.8333333333333334, Labels.Precision());
        Near(0.6666666666666666, Labels.Recall());
        Near(0.7222222222222222, Labels.F1());
        Near(8 / 11.0, Labels.F1(Average.Micro));
        Near(0.8333333333333334, Labels.RocAuc);
        Near(0.861111111111111, Labels.AveragePrecision);
    }

    [Fact]
    public void Regression()
    {
        Near(0.876053127168203, Numbers.RSquared);
        Near(0.53125, Numbers.MeanAbsoluteError);
        Near(0.6186862178478972, Numbers.RootMeanSquaredError);
    }

    [Fact]
    public void Certain_and_wrong_is_a_finite_loss() =>
        Near(-Math.Log(1.0 / (1 << 23)), Report(ModelTask.BinaryClassification, 1, Logits(0, 1), [1, 0]).LogLoss);

    [Fact]
    public void Probabilities_that_are_1_in_32_bits_are_still_ranked()
    {
        float[] logits = [18, 20, 25, -120, -110], truth = [0, 1, 1, 0, 0];
        MetricReport binary = Report(ModelTask.BinaryClassification, 1, logits, truth);
        Assert.Equal((1, 1), (binary.RocAuc, binary.AveragePrecision));
        MetricReport labels = Report(ModelTask.MultiLabel, 2, [.. logits.SelectMany(z => new[] { z, -z })], [.. truth.SelectMany(t => new[] { t, 1 - t })]);
        Assert.Equal((1, 1), (labels.RocAuc, labels.AveragePrecision));
        MetricReport two = Report(ModelTask.Classification, 2, [.. logits.SelectMany(z => new[] { 0, z })], truth);
        Assert.Equal((1, 1), (two.RocAuc, two.AveragePrecision));
    }

    [Fact]
    public void Classes_and_labels_are_those_that_the_model_predicts()
    {
        // The sigmoid of 18 is less than the threshold, but 1 in 32 bits.
        using PlannedModel model = LinearModels.Identity(1);
        model.Meaning = new ModelMeaning { Task = ModelTask.BinaryClassification, Threshold = 1 - 1e-9 };
        Assert.Equal([0, 1], model.PredictClasses([18, 25]));
        Assert.Equal(1, model.Evaluate([18, 25], [0, 1]).Accuracy);
    }

    [Fact]
    public void Every_metric_has_a_value_for_the_tasks_it_fits_and_is_an_error_for_others()
    {
        foreach (MetricReport report in new[] { Classes, Binary, Labels, Numbers })
        {
            foreach (Metric metric in Enum.GetValues<Metric>())
            {
                if (metric.Fits(report.Task))
                    Assert.True(double.IsFinite(report[metric]));
                else
                    Assert.StartsWith($"{metric}: it does not fit ", Assert.Throws<TaskMismatchException>(() => report[metric]).Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal("F1: it does not fit regression; use RSquared, MeanAbsoluteError, RootMeanSquaredError.", Assert.Throws<TaskMismatchException>(() => Numbers.F1()).Message);
        Assert.Equal(
            "RSquared: it does not fit binary classification; use Accuracy, LogLoss, Precision, Recall, F1, RocAuc, AveragePrecision.",
            Assert.Throws<TaskMismatchException>(() => Binary.RSquared).Message);
        Assert.Equal("ConfusionMatrix: it does not fit multi-label classification, which predicts no single class; use ScoresByClass.", Assert.Throws<TaskMismatchException>(() => Labels.ConfusionMatrix).Message);
        Assert.Equal("TopKAccuracy: it does not fit binary classification; it needs classification with several classes.", Assert.Throws<TaskMismatchException>(() => Binary.TopKAccuracy(1)).Message);
        Assert.Equal(
            [Metric.LogLoss, Metric.MeanAbsoluteError, Metric.RootMeanSquaredError],
            Enum.GetValues<Metric>().Where(metric => !metric.HigherIsBetter()));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Metric)99).HigherIsBetter());
    }

    [Fact]
    public void Data_for_which_a_metric_has_no_value_are_named()
    {
        MetricReport zeros = Report(ModelTask.BinaryClassification, 1, [.1f, .4f], [0, 0]);
        Assert.Equal("data: no sample has class 1, so RocAuc has no value; add samples, or use another metric.", Assert.Throws<DatasetException>(() => zeros.RocAuc).Message);
        MetricReport ones = Report(ModelTask.BinaryClassification, 1, [.1f, .4f], [1, 1]);
        Assert.Equal("data: all samples have class 1, so RocAuc has no value; add samples, or use another metric.", Assert.Throws<DatasetException>(() => ones.RocAuc).Message);
        Assert.Equal(1, ones.AveragePrecision);
        MetricReport constant = Report(ModelTask.Regression, 1, [1, 2], [3, 3]);
        Assert.Equal("data: target 0 is 3 for all 2 samples, so RSquared has no value; add samples with other values, or use another metric.", Assert.Throws<DatasetException>(() => constant.RSquared).Message);
        Assert.Contains("RSquared              none", constant.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_confusion_matrix_that_fits_into_no_array_is_refused() => Assert.Equal(
        "46341 classes exceed the maximum of 46340, whose counts fit into an array; use metrics without a confusion matrix, such as Accuracy, or fewer classes. (Parameter 'classCount')",
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([0], [0], 46_341)).Message);

    [Fact]
    public void The_confusion_matrix_is_a_table()
    {
        ConfusionMatrix matrix = Classes.ConfusionMatrix;
        Assert.Equal((8, 0.625, 2, 1, 0), (matrix.Total, matrix.Accuracy, matrix[1, 1], matrix[2, 1], matrix[0, 2]));
        Assert.Equal(
            """
            true \ predicted  0  1  2
            0                 1  1  0
            1                 1  2  0
            2                 0  1  2
            """.ReplaceLineEndings("\n"),
            matrix.ToString());
        int[] truth = [.. Enumerable.Repeat(0, 1200), 1];
        Assert.Equal(
            """
            true \ predicted  ant  long name
            ant                 0      1,200
            long name           0          1
            """.ReplaceLineEndings("\n"),
            new ConfusionMatrix(truth, [.. Enumerable.Repeat(1, 1201)], 2, ["ant", "long name"]).ToString());
    }

    [Fact]
    public void A_report_is_a_line_for_each_metric() => Assert.Equal(
        """
        data: regression, 4 samples
        RSquared              0.8761
        MeanAbsoluteError     0.5313
        RootMeanSquaredError  0.6187
        """.ReplaceLineEndings("\n"),
        Numbers.ToString());

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-7);

    private static float[] Logits(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p / (1 - p)))];

    private static MetricReport Report(ModelTask task, int width, float[] predictions, float[] truth) =>
        new("data", new ModelMeaning { Task = task }, width, predictions, truth);
}
