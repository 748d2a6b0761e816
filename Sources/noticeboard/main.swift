import NoticeboardCommand

NoticeboardTool.start()
