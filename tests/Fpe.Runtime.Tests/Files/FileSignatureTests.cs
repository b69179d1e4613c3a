using System.Text;
using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

/// <summary>How files begin that are often given for others.</summary>
public sealed class FileSignatureTests
{
    [Theory]
    [InlineData("1F8B", "a gzip file")]
    [InlineData("504B0304", "a zip archive")]
    [InlineData("504B0506", "a zip archive")]
    [InlineData("8002", "a Python pickle, which could run code when loaded")]
    [InlineData("8003", "a Python pickle, which could run code when loaded")]
    [InlineData("8004", "a Python pickle, which could run code when loaded")]
    [InlineData("8005", "a Python pickle, which could run code when loaded")]
    [InlineData("934E554D5059", "an array of numpy.save")]
    [InlineData("425A68", "a bzip2 file")]
    [InlineData("FD377A585A00", "an xz file")]
    [InlineData("28B52FFD", "a zstd file")]
    [InlineData("377ABCAF271C", "a 7z archive")]
    [InlineData("894844460D0A", "an HDF5 file")]
    [InlineData("50415231", "a Parquet file")]
    [InlineData("4D41544C414220", "a MATLAB file")]
    public void Files_are_known_by_all_their_first_bytes(string beginning, string name)
    {
        byte[] bytes = Convert.FromHexString(beginning);
        Assert.Equal(name, FileSignature.Of(bytes)!.Name);
        Assert.Equal(name, FileSignature.Of([.. bytes, 1, 2, 3])!.Name);
        Assert.Null(FileSignature.Of(bytes.AsSpan(..^1)));
        Assert.Null(FileSignature.Of([0, .. bytes]));
    }

    [Theory]
    [InlineData(257, null)]
    [InlineData(258, null)]
    [InlineData(261, null)]
    [InlineData(262, "it is a tar archive; unpack it.")]
    [InlineData(512, "it is a tar archive; unpack it.")]
    public void An_archive_of_tar_is_known_by_its_257th_byte(int length, string? problem)
    {
        var bytes = new byte[512];
        "ustar"u8.CopyTo(bytes.AsSpan(257));
        Assert.Equal(problem, FileSignature.Of(bytes.AsSpan(..length))?.Problem);
    }

    [Theory]
    [InlineData("<html>", true)]
    [InlineData("<HTML", true)]
    [InlineData("<!DOCTYPE html>", true)]
    [InlineData("<?xml version='1.0'?>", true)]
    [InlineData("\uFEFF \t\r\n<html>", true)]
    [InlineData("<htm", false)]
    [InlineData("<!doctype svg>", false)]
    [InlineData("x<html>", false)]
    [InlineData("", false)]
    public void A_page_is_known_by_its_first_word(string text, bool isPage) => Assert.Equal(
        isPage ? "it is a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself." : null,
        FileSignature.Of(Encoding.UTF8.GetBytes(text))?.Problem);

    [Theory]
    [InlineData("1,2\r\n\t3 ~", true)]
    [InlineData("", true)]
    [InlineData("1,2\u001F", false)]
    [InlineData("1,2\u007F", false)]
    [InlineData("\u000B1,2", false)]
    [InlineData("é", false)]
    public void Text_is_what_is_printed(string text, bool isText) => Assert.Equal(isText, FileSignature.IsText(Encoding.Latin1.GetBytes(text)));
}
