using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Figures;

/// <summary>The weights of a layer and WᵀW, dense and expanded.</summary>
internal static class LayerMaps
{
    private const int MaximumFigures = 3;

    /// <summary>Two figures for each of the first runs with pictures.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground) =>
        ground.Splits
            .Where(comparison => !comparison.Variant.IsDense)
            .SelectMany(comparison => comparison.Pairs)
            .Where(pair => pair.Network.Measurement!.Pictures is not null && pair.Dense?.Measurement!.Pictures is not null)
            .Take(MaximumFigures)
            .SelectMany(pair => (Figure[])
            [
                Draw("W", "a row a neuron, a column an input", pair, pictures => pictures.Weights),
                Draw("WᵀW", "a row and a column an input; away from the diagonal, inputs that get in each other's way", pair, pictures => pictures.Gram),
            ]);

    private static Figure Draw(string matrix, string meaning, Pair pair, Func<LayerPictures, MatrixPicture> choose)
    {
        RunConfiguration run = pair.Network.Configuration;
        MatrixPicture dense = choose(pair.Dense!.Measurement!.Pictures!), network = choose(pair.Network.Measurement!.Pictures!);
        float strongest = dense.Cells.Concat(network.Cells).Max(Math.Abs);
        string label = ComparedGround.Label(run.Variant);
        var data = new DataTable("network", "rows", "columns", "cells drawn", "largest magnitude");
        Add("dense", dense);
        Add(label, network);
        return new Figure
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{matrix}, dense beside {label}: {run.Setting.Width} neurons, seed {run.Seed}"),
            Caption = $"{matrix} of the first layer after training: {meaning}. One colour for positive and one for negative values, stronger where they are larger; a large matrix is drawn by its largest values.",
            Data = data,
            Draw = html => html.Element("div", [("class", "maps")], () =>
            {
                Map("dense", dense);
                Map(label, network);

                void Map(string title, MatrixPicture picture) => HeatMap.Draw(html, title, picture.Rows, picture.Columns, picture.Cells, strongest);
            }),
        };

        void Add(string name, MatrixPicture picture) => data.Add(
            name, picture.MatrixRows, picture.MatrixColumns,
            string.Create(CultureInfo.InvariantCulture, $"{picture.Rows} × {picture.Columns}"), (double)picture.Cells.Max(Math.Abs));
    }
}
