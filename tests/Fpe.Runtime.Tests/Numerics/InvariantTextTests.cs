using System.Globalization;
using Fpe.Data;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Numerics;

/// <summary>Numbers in messages are the same in every culture.</summary>
public class InvariantTextTests
{
    [Fact]
    public void Messages_have_the_same_numbers_in_every_culture()
    {
        Assert.Equal("−1,5 −3 1,0E+020", WithOddCulture(() => string.Create(CultureInfo.CurrentCulture, $"{-1.5} {-3} {1e20:E1}")));
        Assert.Equal(
            "x: sample 1 has label -3, but the 2 classes are 0 to 1; correct the label or the number of classes.",
            MessageOf<DatasetException>(() => Dataset.OfClasses("x", 1, [1, 2], [0, -3], 2)));
        using var model = new PlannedModel(Expansions.Plan("random"));
        Assert.Equal(
            "StartEpoch: -1 is out of range; it must be at least 0.",
            MessageOf<TrainingOptionsException>(() => new TrainingOptions { StartEpoch = -1 }.Validate(model.Plan)));
    }

    private static string MessageOf<TException>(Action action)
        where TException : Exception => WithOddCulture(() => Assert.Throws<TException>(action).Message);

    // As in Swedish, which the tests cannot ask for: they run without the data of cultures.
    private static T WithOddCulture<T>(Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "−";
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NumberGroupSeparator = " ";
        try
        {
            CultureInfo.CurrentCulture = odd;
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
