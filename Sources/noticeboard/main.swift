import NoticeboardCommand

await NoticeboardCommand.main()
