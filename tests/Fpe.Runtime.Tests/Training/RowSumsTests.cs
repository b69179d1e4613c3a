using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Sums of rows against sums in a dictionary.</summary>
public class RowSumsTests
{
    private const int Vocabulary = 12, Width = 3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_are_added_each_in_its_place(bool isSingle)
    {
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        var places = new int[Vocabulary];
        var sums = new RowSums(places, Width, isSingle);
        for (int round = 0; round < 20; round++)
        {
            sums.Clear();
            var expected = new Dictionary<int, double[]>();
            var order = new List<int>();
            for (int batch = 0; batch < 4; batch++)
            {
                var rows = Enumerable.Range(0, Vocabulary).ToArray();
                random.Shuffle(rows.AsSpan());
                rows = rows[..random.NextInt32(Vocabulary + 1)];
                double[] terms = [.. Enumerable.Range(0, rows.Length * Width).Select(_ => (double)random.NextSingle())];
                double share = isSingle ? 1 : 0.3;
                sums.Add(rows, terms, share);
                for (int r = 0; r < rows.Length; r++)
                {
                    if (expected.TryAdd(rows[r], new double[Width]))
                        order.Add(rows[r]);
                    for (int i = 0; i < Width; i++)
                    {
                        double sum = expected[rows[r]][i] + (share * terms[(r * Width) + i]);
                        expected[rows[r]][i] = isSingle ? (float)sum : sum;
                    }
                }
            }

            Assert.Equal(order, sums.Rows.ToArray());
            Assert.Equal(order.SelectMany(row => expected[row]), sums.Values.ToArray());
            Assert.All(places, place => Assert.Equal(0, place));
        }
    }
}
